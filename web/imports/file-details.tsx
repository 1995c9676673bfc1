/** The finer points of how a file is read, each with what else it could be; quieter than the sentence above. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { FilePart, type Options, type PartGroup } from './file-part.tsx'
import type { SentenceProps } from './file-sentence.tsx'
import css from './file-step.module.css'

type Detail = { readonly name: string; readonly label: string; readonly groups: readonly PartGroup[] }

export function FileDetails(props: SentenceProps): ReactElement {
  const { t } = useTranslation()
  const details = useDetails(props)
  return (
    <dl className={css.details} aria-label={t('import.reading.details')}>
      {details.map((detail) => (
        <div key={detail.name} className={css.detail}>
          <dt>{detail.name}</dt>
          <dd>
            <FilePart
              label={detail.label}
              name={detail.name}
              groups={detail.groups}
              chosen={props.chosen}
              disabled={props.disabled}
              onChange={props.onChange}
            />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function useDetails({ reading }: SentenceProps): Detail[] {
  const { t } = useTranslation()
  const detail = <T extends string | number>(
    name: string,
    current: T,
    choices: readonly T[],
    label: (choice: T) => string,
    take: (choice: T) => Options,
    drop: readonly (keyof Options)[] = [],
  ): Detail => ({
    name,
    label: label(current),
    groups: [
      {
        name,
        drop,
        options: [...new Set([...choices, current])].map((choice) => ({
          key: `choice ${choice}`,
          label: label(choice),
          isCurrent: choice === current,
          take: take(choice),
        })),
      },
    ],
  })
  const none = t('import.reading.none')
  const mark = (text: string): string => text || none
  const footer = detail(
    t('import.reading.footer'),
    reading.footerRows,
    [0, 1, 2, 3, 4, 5],
    (count) => (count === 0 ? none : t('import.reading.leftOut', { count })),
    (footerRows) => ({ footerRows }),
  )
  if (reading.sheet) return [footer]
  return [
    detail(t('import.reading.quote'), reading.quote, ['"', "'", ''], mark, (quote) => ({ quote })),
    detail(
      t('import.reading.escape'),
      reading.escape,
      ['"', '\\', ''],
      (escape) => {
        if (escape === '') return none
        return escape === reading.quote ? t('import.reading.doubled') : escape
      },
      (escape) => ({ escape }),
    ),
    detail(t('import.reading.comment'), reading.comment, ['', '#', ';', '%'], mark, (comment) => ({
      comment,
    })),
    detail(
      t('import.reading.ragged'),
      reading.ragged,
      ['pad', 'refuse'],
      (ragged) => t(`import.reading.raggedRule.${ragged}`),
      (ragged) => ({ ragged }),
    ),
    footer,
  ]
}
