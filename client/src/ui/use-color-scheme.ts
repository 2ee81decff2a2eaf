import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';

/** The chosen scheme (`auto` follows the system), the one in force, and how to choose. */
export function useColorScheme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const shown = useComputedColorScheme('light');
  return { chosen: colorScheme, shown, choose: setColorScheme };
}
