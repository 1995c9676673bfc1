/** Colours of templates: those of the interface, on paper. */
export const inks = {
  accent: '2148C7',
  onAccent: 'FFFFFF',
  accentSoft: 'EEF2FE',
  teal: '1590A8',
  header: 'E6E6E2',
  headerOther: 'D9E4F5',
  exampleFill: 'FAFAF8',
  line: 'D6D6D2',
  text: '1C1C1A',
  soft: '51514D',
  faint: '6A6A64',
} as const
