import { type MantineColorScheme, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';

export type ColorScheme = MantineColorScheme;

/** The chosen scheme (`auto` follows the system), the one in force, and how to choose. */
export function useColorScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const shown = useComputedColorScheme('light');
  return { chosen: colorScheme, shown, choose: setColorScheme };
}
