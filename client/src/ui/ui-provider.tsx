import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { type ReactNode, useEffect } from 'react';
import { usePreferences } from '#client/stores/preferences.ts';
import { cssVariables, theme } from './theme.ts';

const schemeManager = localStorageColorSchemeManager({ key: 'oddspawn-color-scheme' });

/** Theme, dialogs and messages around the whole console. `nonce` is that of the page's content security policy. */
export function UiProvider({
  nonce,
  environment = 'default',
  children,
}: {
  readonly nonce: string;
  readonly environment?: 'default' | 'test';
  readonly children: ReactNode;
}) {
  const density = usePreferences((store) => store.density);
  useEffect(() => {
    document.documentElement.dataset['density'] = density;
  }, [density]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemeManager}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
      env={environment}
    >
      <ModalsProvider labels={{ confirm: 'Confirm', cancel: 'Cancel' }}>{children}</ModalsProvider>
      <Notifications position="bottom-left" limit={3} zIndex={400} transitionDuration={120} />
    </MantineProvider>
  );
}
