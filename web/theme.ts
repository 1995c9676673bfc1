/**
 * The look, given to Mantine: warm neutral greys, one ink blue for the next step, 32-pixel controls, 14-pixel
 * text. Everything else reads the variables of ui/tokens.css, which both schemes define.
 */
import {
  Button,
  Combobox,
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  Menu,
  Popover,
  Select,
  Skeleton,
  Tooltip,
} from '@mantine/core'

const ink: MantineColorsTuple = [
  '#eef2fe',
  '#dbe4fd',
  '#b9cafb',
  '#93adf7',
  '#6d8ff1',
  '#4068e0',
  '#2148c7',
  '#1b3cab',
  '#183490',
  '#142a73',
]
const grey: MantineColorsTuple = [
  '#f8f8f7',
  '#f2f2f0',
  '#e7e7e4',
  '#d5d5d1',
  '#b9b9b4',
  '#8f8f89',
  '#6a6a64',
  '#4b4b47',
  '#31312e',
  '#1c1c1a',
]
const night: MantineColorsTuple = [
  '#ededeb',
  '#d0d0cc',
  '#a9a9a3',
  '#92928c',
  '#42423f',
  '#2d2d2b',
  '#222221',
  '#171716',
  '#121211',
  '#0c0c0b',
]

export const sans =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif'
export const mono =
  'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace'

/** What opens stays in the landmark that it belongs to, where those who cannot see it find it. */
const inPlace = { withinPortal: false } as const

const inputHeight = { '--input-height': '32px', '--input-fz': '14px', '--input-padding-x': '10px' }

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 6, dark: 5 },
  colors: { ink, gray: grey, dark: night },
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.34', sm: '1.43', md: '1.43', lg: '1.5', xl: '1.4' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '5px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  headings: { fontFamily: sans, fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      vars: () => ({
        root: { '--button-height': '32px', '--button-padding-x': '12px', '--button-fz': '14px' },
      }),
      styles: { root: { fontWeight: 500 } },
    }),
    Input: Input.extend({ vars: () => ({ input: {}, wrapper: inputHeight }) }),
    InputWrapper: Input.Wrapper.extend({
      styles: {
        label: { fontWeight: 500, marginBottom: 4 },
        description: { color: 'var(--c-text-3)', marginBottom: 4 },
        error: { color: 'var(--c-red-text)' },
      },
    }),
    Select: Select.extend({
      defaultProps: { checkIconPosition: 'right', allowDeselect: false, withScrollArea: false },
      // The list itself scrolls, as those who go through it by keyboard expect.
      styles: { options: { maxHeight: 360, overflowY: 'auto' } },
    }),
    Menu: Menu.extend({
      defaultProps: {
        shadow: 'md',
        radius: 'lg',
        transitionProps: { duration: 80 },
        withInitialFocusPlaceholder: false,
        ...inPlace,
      },
    }),
    Popover: Popover.extend({
      defaultProps: { shadow: 'md', radius: 'lg', transitionProps: { duration: 80 }, ...inPlace },
    }),
    Combobox: Combobox.extend({ defaultProps: inPlace }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, withArrow: false } }),
    Skeleton: Skeleton.extend({ defaultProps: { radius: 'sm' } }),
  },
})

const surfaces = {
  '--mantine-color-body': 'var(--c-bg)',
  '--mantine-color-text': 'var(--c-text)',
  '--mantine-color-dimmed': 'var(--c-text-3)',
  '--mantine-color-placeholder': 'var(--c-text-3)',
  '--mantine-color-default': 'var(--c-raised)',
  '--mantine-color-default-hover': 'var(--c-hover)',
  '--mantine-color-default-color': 'var(--c-text)',
  '--mantine-color-default-border': 'var(--c-line-strong)',
  '--mantine-color-error': 'var(--c-red-text)',
  '--mantine-color-anchor': 'var(--c-accent-text)',
}

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: surfaces,
  dark: surfaces,
})
