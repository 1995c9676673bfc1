/** Names an option in two languages, with the other words by which files call it. */
import { Button, TagsInput, TextInput } from '@mantine/core'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListOption } from '../../src/kinds/code-lists/contract.ts'
import type { OwnLabel } from '../../src/kinds/custom-fields/contract.ts'
import { Problem } from '../ui/notice.tsx'
import css from './fields.module.css'

export function OptionForm(props: {
  name: string
  deed: string
  option?: ListOption
  busy: boolean
  error: unknown
  onSave: (input: { label: OwnLabel; synonyms: string[] }) => void
  onClose: () => void
}): ReactElement {
  const { t, i18n } = useTranslation()
  const { option } = props
  const [labels, setLabels] = useState({ en: option?.labels.en ?? '', cs: option?.labels.cs ?? '' })
  const [synonyms, setSynonyms] = useState(option?.synonyms ?? [])
  const order = i18n.language === 'cs' ? (['cs', 'en'] as const) : (['en', 'cs'] as const)
  return (
    <form
      className={css.form}
      aria-label={props.name}
      onSubmit={(event) => {
        event.preventDefault()
        const words = synonyms.flatMap((word) => word.split(/[,;]/)).map((word) => word.trim())
        props.onSave({
          label: { en: labels.en.trim() || null, cs: labels.cs.trim() || null },
          synonyms: words.filter((word) => word !== ''),
        })
      }}
    >
      <div className={css.pair}>
        {order.map((language, at) => (
          <TextInput
            key={language}
            label={t(`list.label.${language}`)}
            description={t(at === 0 ? 'list.labelWhy' : 'field.labelOther')}
            autoFocus={at === 0}
            maxLength={100}
            value={labels[language]}
            onChange={(event) => setLabels({ ...labels, [language]: event.currentTarget.value })}
          />
        ))}
      </div>
      <TagsInput
        label={t('list.synonyms')}
        description={t('list.synonymsWhy')}
        splitChars={[',', ';']}
        maxTags={50}
        value={synonyms}
        onChange={setSynonyms}
      />
      <Problem error={props.error} />
      <div className={css.buttons}>
        <Button type="submit" loading={props.busy}>
          {props.deed}
        </Button>
        <Button variant="default" onClick={props.onClose}>
          {t(option ? 'ui.keep' : 'ui.close')}
        </Button>
      </div>
    </form>
  )
}
