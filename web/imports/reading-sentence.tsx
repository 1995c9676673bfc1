/** How the file is read, as one sentence; each underlined part opens what else it could be. */
import { Menu } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { ReadingView, ReadOptions } from '../../src/imports/read/contract.ts'
import css from './file-step.module.css'

type Reading = z.infer<typeof ReadingView>
type Options = z.infer<typeof ReadOptions>

const encodings = [
  'utf-8',
  'windows-1250',
  'windows-1252',
  'iso-8859-2',
  'iso-8859-1',
  'ibm852',
  'windows-1251',
  'utf-16le',
  'utf-16be',
] as const
const delimiters = [';', ',', '\t', '|'] as const

export function ReadingSentence(props: {
  reading: Reading
  rows: number | null
  disabled: boolean
  onChange: (options: Options) => void
}): ReactElement {
  const { t } = useTranslation()
  const { reading, onChange } = props
  const chosen = reading.chosen
  const delimiterName = useDelimiterName()
  const headerName = useHeaderName()
  const part = (content: {
    label: string
    name: string
    isChosen: boolean
    options: readonly { key: string; label: string; isCurrent: boolean; take: Options }[]
    drop: readonly (keyof Options)[]
  }) => (
    <PartMenu
      {...content}
      disabled={props.disabled}
      onTake={(take) => onChange({ ...chosen, ...take })}
      onDetect={() => onChange(without(chosen, content.drop))}
    />
  )
  const delimiter = part({
    label: delimiterName(reading.delimiter),
    name: t('import.reading.delimiter'),
    isChosen: chosen.delimiter !== undefined,
    drop: ['delimiter'],
    options: [...new Set([...delimiters, reading.delimiter])].map((one) => ({
      key: one,
      label: delimiterName(one),
      isCurrent: one === reading.delimiter,
      take: { delimiter: one },
    })),
  })
  const encoding = part({
    label: encodingName(reading.encoding),
    name: t('import.reading.encoding'),
    isChosen: chosen.encoding !== undefined,
    drop: ['encoding'],
    options: [...new Set([...encodings, reading.encoding])].map((one) => ({
      key: one,
      label: encodingName(one),
      isCurrent: one === reading.encoding,
      take: { encoding: one },
    })),
  })
  const header = part({
    label: headerName(reading.headerRows, reading.preambleRows),
    name: t('import.reading.header'),
    isChosen: chosen.headerRows !== undefined || chosen.preambleRows !== undefined,
    drop: ['headerRows', 'preambleRows'],
    options: [
      { key: 'none', label: headerName(0, 0), isCurrent: reading.headerRows === 0, take: { headerRows: 0 } },
      ...Array.from({ length: 8 }, (_, index) => ({
        key: String(index),
        label: headerName(1, index),
        isCurrent: reading.headerRows === 1 && reading.preambleRows === index,
        take: { headerRows: 1, preambleRows: index },
      })),
    ],
  })
  return (
    <p className={css.sentence}>
      <Trans
        i18nKey={props.rows === null ? 'import.reading.sentence' : 'import.reading.sentenceRows'}
        count={props.rows ?? 0}
        values={{ columns: t('import.reading.columns', { count: reading.columns.length }) }}
        components={{ delimiter, encoding, header, strong: <strong className="num" /> }}
      />
    </p>
  )
}

function PartMenu(props: {
  label: string
  name: string
  isChosen: boolean
  disabled: boolean
  options: readonly { key: string; label: ReactNode; isCurrent: boolean; take: Options }[]
  onTake: (take: Options) => void
  onDetect: () => void
}): ReactElement {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={css.part}
          data-chosen={props.isChosen}
          disabled={props.disabled}
          aria-label={t('import.reading.change', { name: props.name, value: props.label })}
        >
          {props.label}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{props.name}</Menu.Label>
        <Menu.RadioGroup
          value={props.options.find((option) => option.isCurrent)?.key ?? null}
          onChange={(key) => {
            const option = props.options.find((one) => one.key === key)
            if (option) props.onTake(option.take)
          }}
        >
          {props.options.map((option) => (
            <Menu.RadioItem key={option.key} value={option.key} closeMenuOnClick>
              {option.label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        {props.isChosen && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={props.onDetect}>{t('import.reading.detect')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

function without(options: Options, names: readonly (keyof Options)[]): Options {
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => !names.includes(name as keyof Options)),
  )
}

function encodingName(encoding: string): string {
  return /^windows/i.test(encoding) ? encoding.replace(/^w/, 'W') : encoding.toUpperCase()
}

function useDelimiterName(): (delimiter: string) => string {
  const { t } = useTranslation()
  return (delimiter) => {
    if (delimiter === ';') return t('import.reading.semicolon')
    if (delimiter === ',') return t('import.reading.comma')
    if (delimiter === '\t') return t('import.reading.tab')
    if (delimiter === '|') return t('import.reading.pipe')
    return t('import.reading.other', { delimiter })
  }
}

function useHeaderName(): (headerRows: number, preambleRows: number) => string {
  const { t } = useTranslation()
  return (headerRows, preambleRows) => {
    if (headerRows === 0) return t('import.reading.noHeader')
    if (headerRows === 1) return t('import.reading.headerIn', { row: preambleRows + 1 })
    return t('import.reading.headersIn', { from: preambleRows + 1, to: preambleRows + headerRows })
  }
}
