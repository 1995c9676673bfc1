/** Line icons of one weight, drawn on a grid of 16; decoration only, so hidden from screen readers. */
import type { ReactElement } from 'react'

const paths = {
  imports: 'M8 2v8m0 0L5 7m3 3 3-3M2.5 11.5v1a1.5 1.5 0 0 0 1.5 1.5h8a1.5 1.5 0 0 0 1.5-1.5v-1',
  clients:
    'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5c.3-2.4 2-4 4.5-4s4.2 1.6 4.5 4M10.5 2.8a2.3 2.3 0 0 1 0 4.4M12 9.8c1.5.5 2.4 1.8 2.6 3.7',
  contacts:
    'M3 2.5h10v11H3v-11Zm-1.5 2H3m-1.5 3.5H3m-1.5 3.5H3M8 8a1.6 1.6 0 1 0 0-3.2A1.6 1.6 0 0 0 8 8Zm-2.6 3.2c.2-1.3 1.2-2 2.6-2s2.4.7 2.6 2',
  leads: 'M2 3h12l-4.6 5.4v4L6.6 14V8.4L2 3Z',
  products: 'M8 1.8 13.5 5v6L8 14.2 2.5 11V5L8 1.8ZM2.7 5.1 8 8.2l5.3-3.1M8 8.2v5.8',
  settings:
    'M2 4.5h6m4 0h2M2 11.5h2m4 0h6M10 6.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM6 13.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14',
  plus: 'M8 3v10M3 8h10',
  check: 'm3 8.5 3.2 3L13 4.5',
  cross: 'm4 4 8 8m0-8-8 8',
  arrow: 'M2.5 8h11m0 0L9.5 4m4 4-4 4',
  down: 'm4 6 4 4 4-4',
  right: 'm6 4 4 4-4 4',
  left: 'm10 4-4 4 4 4',
  warning: 'M8 2.2 14.5 13.5h-13L8 2.2Zm0 4.3v3m0 2v.1',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12Zm0-6.5V11m0-6v.1',
  file: 'M9 1.8H4.5A1.5 1.5 0 0 0 3 3.3v9.4a1.5 1.5 0 0 0 1.5 1.5h7a1.5 1.5 0 0 0 1.5-1.5V5.8L9 1.8Zm0 0v4h4',
  download: 'M8 2.5v7m0 0L5 6.6m3 2.9 3-2.9M3 13h10',
  undo: 'M5.5 6.5 2.5 4m3 2.5-3 2.5M3 6.5h6.2a3.6 3.6 0 0 1 0 7.2H6',
  copy: 'M5.5 5.5v-2A1.5 1.5 0 0 1 7 2h5.5A1.5 1.5 0 0 1 14 3.5V9a1.5 1.5 0 0 1-1.5 1.5h-2M3.5 5.5H9A1.5 1.5 0 0 1 10.5 7v5.5A1.5 1.5 0 0 1 9 14H3.5A1.5 1.5 0 0 1 2 12.5V7a1.5 1.5 0 0 1 1.5-1.5Z',
  columns: 'M2.5 3h11v10h-11V3Zm3.7 0v10m3.6-10v10',
  lock: 'M4.5 7V5a3.5 3.5 0 0 1 7 0v2M3.5 7h9v6.5h-9V7Z',
  up: 'm4 10 4-4 4 4',
  sort: 'M5 3v10m0 0-2.5-2.5M5 13l2.5-2.5M11 13V3m0 0L8.5 5.5M11 3l2.5 2.5',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  grip: 'M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01',
  mail: 'M2 4h12v8.5H2V4Zm0 .5 6 4.5 6-4.5',
} as const

export type IconName = keyof typeof paths

export function Icon({ name, size = 16 }: { name: IconName; size?: number }): ReactElement {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' || name === 'grip' ? 2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      style={{ flex: 'none', display: 'block' }}
    >
      <path d={paths[name]} />
    </svg>
  )
}
