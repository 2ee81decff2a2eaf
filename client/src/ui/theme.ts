import { type CSSVariablesResolver, createTheme } from '@mantine/core';

const closeLabel = { closeButtonProps: { 'aria-label': 'Close' } };

/**
 * Shades 8 (light) and 7 (dark) keep text on filled controls above 4.5:1 (WCAG AA); the library's defaults do not.
 * Everything else takes its colours from `tokens.css`.
 */
export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 8, dark: 7 },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '14px', xl: '16px' },
  lineHeights: { xs: '1.4', sm: '1.4', md: '1.4', lg: '1.4', xl: '1.4' },
  defaultRadius: '5px',
  cursorType: 'pointer',
  respectReducedMotion: true,
  colors: {
    iris: [
      '#edf2ff',
      '#d9e4fe',
      '#b6caf9',
      '#8fb0f7',
      '#6d97f2',
      '#4f80ea',
      '#3d6fdf',
      '#2f5fcb',
      '#2754bd',
      '#1c4199',
    ],
    dark: [
      '#e3e7ec',
      '#c5ccd5',
      '#a3adb9',
      '#8a94a1',
      '#6b7684',
      '#39424e',
      '#1e242c',
      '#15191f',
      '#0e1115',
      '#090b0e',
    ],
  },
  components: {
    ActionIcon: { defaultProps: { size: 26, variant: 'subtle', color: 'gray' } },
    Button: { defaultProps: { size: 'compact-sm' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Modal: { defaultProps: { ...closeLabel, centered: true, radius: 8, transitionProps: { duration: 120 } } },
    Radio: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'xs' } },
    Autocomplete: { defaultProps: { size: 'xs' } },
    Tooltip: {
      defaultProps: {
        openDelay: 350,
        withArrow: false,
        fz: 12,
        events: { hover: true, focus: true, touch: false },
        // Read as the description of what it belongs to, not once more as text outside of the page's regions.
        'aria-hidden': true,
      },
    },
  },
});

const ours = {
  '--mantine-color-body': 'var(--surface-1)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-placeholder': 'var(--text-2)',
  '--mantine-color-default': 'var(--surface-1)',
  '--mantine-color-default-hover': 'var(--surface-2)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-error': 'var(--critical)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-gray-light-color': 'var(--text-2)',
  '--mantine-color-gray-light-hover': 'var(--surface-2)',
  '--mantine-color-disabled': 'var(--surface-2)',
  '--mantine-color-disabled-color': 'var(--text-2)',
  '--mantine-color-disabled-border': 'var(--line)',
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours });
