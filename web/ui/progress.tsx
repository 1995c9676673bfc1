/** Long work as it goes: how much is done, how fast, how long still. Said politely, not at every step. */
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from './format.ts'
import css from './progress.module.css'

export function ProgressPanel(props: {
  title: string
  done: number
  total: number | null
  perSecond: number | null
  secondsLeft: number | null
  about?: ReactNode
  action?: ReactNode
}): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const share = props.total ? Math.min(1, props.done / props.total) : null
  const counts =
    props.total === null
      ? t('ui.progress.done', { done: format.number(props.done) })
      : t('ui.progress.doneOf', { done: format.number(props.done), total: format.number(props.total) })
  return (
    <div className={css.panel}>
      <div className={css.head}>
        <h2 className={css.title}>{props.title}</h2>
        {props.action}
      </div>
      <div
        className={css.track}
        role="progressbar"
        aria-label={props.title}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
        aria-valuetext={counts}
      >
        <span
          className={css.fill}
          data-unknown={share === null}
          style={{ width: `${(share ?? 0.3) * 100}%` }}
        />
      </div>
      <dl className={css.facts}>
        <Fact name={t('ui.progress.rows')} value={counts} />
        <Fact
          name={t('ui.progress.speed')}
          value={
            props.perSecond === null
              ? '–'
              : t('ui.progress.perSecond', { count: Math.round(props.perSecond) })
          }
        />
        <Fact
          name={t('ui.progress.left')}
          value={props.secondsLeft === null ? '–' : format.duration(props.secondsLeft)}
        />
      </dl>
      {props.about && <p className={css.about}>{props.about}</p>}
    </div>
  )
}

function Fact(props: { name: string; value: string }): ReactElement {
  return (
    <div>
      <dt className={css.name}>{props.name}</dt>
      <dd className={`${css.value} num`}>{props.value}</dd>
    </div>
  )
}
