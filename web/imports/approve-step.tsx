/** Approve: the plan in numbers and examples, the policies in words, who may approve, and the one button. */
import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { permissions } from '../../src/accounts/permissions.ts'
import { describePlan } from '../../src/imports/check/contract.ts'
import { approveImport, type ImportView } from '../../src/imports/contract.ts'
import type { OperationAnswer } from '../../src/platform/contract.ts'
import { call } from '../api.ts'
import { useFormat } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { Section } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import css from './approve-step.module.css'
import { toStep } from './import-address.ts'
import { useKindLabels } from './kinds.ts'
import { PlanExamples } from './plan-examples.tsx'
import { RecordsByKind } from './records-by-kind.tsx'
import { useImportStep } from './use-import.ts'

export type Plan = OperationAnswer<typeof describePlan>

export function ApproveStep(props: { run: ImportView }): ReactElement {
  const { t } = useTranslation()
  const { run } = props
  const plan = useQuery({
    queryKey: ['import', run.id, 'plan'],
    queryFn: ({ signal }) => call(describePlan, { params: { id: run.id } }, signal),
  })
  const kinds = plan.data?.counts.records.length ?? 1
  return (
    <div className={css.layout}>
      <div className={css.main}>
        <Problem error={plan.error} onRetry={() => void plan.refetch()} />
        {plan.isPending && <Skeleton height={420} />}
        {plan.data && (
          <>
            <PlanNumbers run={run} plan={plan.data} />
            {kinds > 1 && (
              <Section title={t('import.records.title')} about={t('import.records.why')}>
                <RecordsByKind run={run} counts={plan.data.counts} />
              </Section>
            )}
            {plan.data.sources.length > 1 && <LoadOrder plan={plan.data} />}
            {plan.data.updates.length > 0 && (
              <Section title={t('import.plan.updates')} about={t('import.plan.updatesWhy')}>
                <PlanExamples examples={plan.data.updates} kinds={kinds} />
              </Section>
            )}
            {plan.data.creates.length > 0 && (
              <Section title={t('import.plan.creates')} about={t('import.plan.createsWhy')}>
                <PlanExamples examples={plan.data.creates} kinds={kinds} />
              </Section>
            )}
            {plan.data.skipped.length > 0 && (
              <Section title={t('import.plan.left')}>
                <ul className={css.left}>
                  {plan.data.skipped.map((one) => (
                    <li key={one.row}>
                      <span className="quiet num">{t('import.rowNumber', { row: one.row })}</span>{' '}
                      {one.sentence}
                    </li>
                  ))}
                </ul>
              </Section>
            )}
          </>
        )}
      </div>
      <aside className={css.aside} aria-label={t('import.plan.approval')}>
        <Approval run={run} plan={plan.data} />
        {plan.data && plan.data.policies.length > 0 && (
          <Panel title={t('import.plan.policies')}>
            <ul className={css.policies}>
              {plan.data.policies.map((policy) => (
                <li key={policy}>
                  <Icon name="check" size={14} />
                  {policy}
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </aside>
    </div>
  )
}

/** What refers to others follows them. */
function LoadOrder(props: { plan: Plan }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const labelOf = useKindLabels()
  return (
    <Section title={t('import.plan.order')} about={t('import.plan.orderWhy')}>
      <ol className={css.left}>
        {props.plan.sources.map((source, at) => (
          <li key={source.source}>
            <span className="quiet num">{at + 1}.</span> {labelOf(source.kind).many}{' '}
            <span className="quiet">{source.fileName}</span>{' '}
            <span className="num">
              {t('import.plan.orderRows', {
                loaded: format.number(source.counts.loaded),
                rows: format.number(source.counts.rows),
              })}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function PlanNumbers(props: { run: ImportView; plan: Plan }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { counts } = props.plan
  const numbers = [
    { key: 'created', action: 'create', tone: 'green', count: counts.created },
    { key: 'updated', action: 'update', tone: 'teal', count: counts.updated },
    { key: 'unchanged', action: 'unchanged', tone: 'grey', count: counts.unchanged },
    { key: 'skipped', action: 'skip', tone: 'amber', count: counts.skipped },
    { key: 'failed', action: 'fail', tone: 'red', count: counts.failed },
  ] as const
  return (
    <dl className={css.numbers}>
      {numbers.map((one) => (
        <div key={one.key} data-tone={one.tone} data-none={one.count === 0}>
          <dd className="num">
            {one.count > 0 && !props.run.loadedAt ? (
              <Link {...toStep(props.run.id, 'check', { action: one.action })}>
                {format.number(one.count)}
              </Link>
            ) : (
              format.number(one.count)
            )}
          </dd>
          <dt>{t(`import.plan.${one.key}`)}</dt>
        </div>
      ))}
    </dl>
  )
}

function Approval(props: { run: ImportView; plan: Plan | undefined }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const navigate = useNavigate()
  const { run, plan } = props
  const approve = useImportStep(run.id, (planHash: string) =>
    call(approveImport, { params: { id: run.id }, body: { planHash } }),
  )
  if (run.approval)
    return (
      <Notice
        tone="good"
        title={t('import.plan.approved', { who: run.approval.by.name, when: format.moment(run.approval.at) })}
      />
    )
  if (run.status !== 'waiting_for_approval') return <></>
  const rows = (plan?.counts.created ?? 0) + (plan?.counts.updated ?? 0)
  const roles = permissions['imports.approve'].map((role) => t(`role.${role}`)).join(', ')
  return (
    <div className={css.approval}>
      <Button
        fullWidth
        size="md"
        disabled={!plan || !run.may.approve}
        loading={approve.isPending}
        onClick={() =>
          plan &&
          approve.mutate(plan.hash, {
            onSuccess: () =>
              void navigate({ to: '/imports/$id/$step', params: { id: run.id, step: 'result' } }),
          })
        }
      >
        {plan ? t('import.plan.load', { count: loadable(plan, rows) }) : t('import.plan.loadAny')}
      </Button>
      <p className="quiet">{t('import.plan.oneCommit')}</p>
      <p className="quiet">
        {run.may.approve ? t('import.plan.youMay') : t('import.plan.youMayNot')}{' '}
        {t('import.plan.whoMay', { roles })}
      </p>
      <Problem error={approve.error} />
    </div>
  )
}

/** Rows, not records: several rows can join into one. */
function loadable(plan: Plan, records: number): number {
  return plan.counts.loaded > 0 ? plan.counts.loaded : records
}
