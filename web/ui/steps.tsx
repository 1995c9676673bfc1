/** Steps of one street that can be revisited; each says where it stands in words as well as by its mark. */
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icons.tsx'
import css from './steps.module.css'

export type Step = {
  key: string
  label: string
  to: string
  state: 'done' | 'open' | 'locked' | 'trouble'
}

export function Steps(props: { label: string; steps: readonly Step[]; current: string }): ReactElement {
  const { t } = useTranslation()
  return (
    <nav className={css.nav} aria-label={props.label}>
      <ol className={css.steps}>
        {props.steps.map((step, index) => {
          const isCurrent = step.key === props.current
          const mark =
            step.state === 'done' ? (
              <Icon name="check" size={12} />
            ) : step.state === 'trouble' ? (
              <Icon name="warning" size={12} />
            ) : (
              index + 1
            )
          const inside = (
            <>
              <span className={css.mark} data-state={step.state}>
                {mark}
              </span>
              {step.label}
              <span className="visually-hidden"> ({t(`ui.steps.${step.state}`)})</span>
            </>
          )
          return (
            <li key={step.key} className={css.step}>
              {step.state === 'locked' ? (
                <span className={css.locked}>{inside}</span>
              ) : (
                <Link
                  to={step.to}
                  className={css.link}
                  activeOptions={{ exact: true }}
                  data-current={isCurrent}
                  {...(isCurrent ? { 'aria-current': 'step' } : {})}
                >
                  {inside}
                </Link>
              )}
              {index < props.steps.length - 1 && <span className={css.way} aria-hidden="true" />}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
