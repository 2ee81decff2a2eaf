import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { usePreferences } from '#client/stores/preferences.ts';
import { Confirmation } from './confirm.tsx';
import { cssVariables, theme } from './theme.ts';
import { Toaster } from './toast.tsx';

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
      {children}
      <Confirmation />
      <Toaster />
    </MantineProvider>
  );
}
