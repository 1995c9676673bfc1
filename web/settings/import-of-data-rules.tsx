/** Who may import, how much at once, how long a text, what a changed file means: a profile, or rules of one's own. */
import { Button, Checkbox, Radio } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { permissions } from '../../src/accounts/permissions.ts'
import { changeImportPolicy, type ImportPolicy, policyProfiles } from '../../src/imports/policies/contract.ts'
import { call } from '../api.ts'
import { useMay } from '../session.ts'
import { Notice, Problem } from '../ui/notice.tsx'
import css from './import-of-data.module.css'
import { ImportLimits, SettledLimits } from './import-of-data-limits.tsx'

export function ImportRules(props: { policy: ImportPolicy }): ReactElement {
  const mayManage = useMay('organisation.manage')
  return mayManage ? <RulesForm policy={props.policy} /> : <SettledRules policy={props.policy} />
}

function SettledRules(props: { policy: ImportPolicy }): ReactElement {
  const { t } = useTranslation()
  const { policy } = props
  return (
    <dl className={css.settled}>
      <div>
        <dt>{t('importOfData.profile')}</dt>
        <dd>{t(`importOfData.profiles.${policy.profile}`)}</dd>
      </div>
      <div>
        <dt>{t('importOfData.who')}</dt>
        <dd>{policy.roles.map((role) => t(`role.${role}`)).join(', ')}</dd>
      </div>
      <div>
        <dt>{t('importOfData.limits')}</dt>
        <dd>
          <SettledLimits limits={policy.limits} />
        </dd>
      </div>
      <div>
        <dt>{t('importOfData.changedFile')}</dt>
        <dd>{t(`importOfData.changedFileRule.${policy.changedFile}`)}</dd>
      </div>
    </dl>
  )
}

function RulesForm(props: { policy: ImportPolicy }): ReactElement {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [draft, setDraft] = useState<ImportPolicy>(props.policy)
  const save = useMutation({
    mutationFn: (body: ImportPolicy) =>
      call(changeImportPolicy, {
        body: body.profile === 'own' ? { ...body, profile: 'own' } : { profile: body.profile },
      }),
    onSuccess: (policy) => {
      setDraft(policy)
      queries.setQueryData(['import-policy'], policy)
      // What may be done with an import, and what a template says, follows from the rules.
      void queries.invalidateQueries({ queryKey: ['import'] })
    },
  })
  const change = (more: Partial<ImportPolicy>) => {
    save.reset()
    setDraft({ ...draft, ...more })
  }
  const isChanged =
    draft.profile === 'own'
      ? JSON.stringify(draft) !== JSON.stringify(props.policy)
      : draft.profile !== props.policy.profile
  return (
    <form
      className={css.rules}
      aria-label={t('importOfData.rules')}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(draft)
      }}
    >
      <Radio.Group
        label={t('importOfData.profile')}
        value={draft.profile}
        onChange={(profile) => change({ profile })}
      >
        <div className={css.profiles}>
          {policyProfiles.map((profile) => (
            <Radio
              key={profile}
              value={profile}
              label={t(`importOfData.profiles.${profile}`)}
              description={t(`importOfData.profileWhy.${profile}`)}
              styles={{ description: { paddingInlineStart: 8 } }}
            />
          ))}
        </div>
      </Radio.Group>
      {draft.profile === 'own' && <OwnRules draft={draft} onChange={change} />}
      <Problem error={save.error} />
      {save.isSuccess && !isChanged && <Notice tone="good" title={t('importOfData.saved')} />}
      <div>
        <Button
          type="submit"
          loading={save.isPending}
          disabled={!isChanged || draft.roles.length === 0}
          variant={isChanged ? 'filled' : 'default'}
        >
          {t('importOfData.save')}
        </Button>
      </div>
    </form>
  )
}

function OwnRules(props: {
  draft: ImportPolicy
  onChange: (change: Partial<ImportPolicy>) => void
}): ReactElement {
  const { t } = useTranslation()
  const { draft, onChange } = props
  // Only those can be left out that the permissions let import at all.
  const able = permissions['imports.create']
  return (
    <div className={css.own}>
      <Checkbox.Group
        label={t('importOfData.who')}
        value={draft.roles.filter((role) => able.some((one) => one === role))}
        onChange={(roles) => onChange({ roles: able.filter((role) => roles.includes(role)) })}
        error={draft.roles.length === 0 ? t('importOfData.whoNobody') : null}
      >
        <div className={css.checks}>
          {able.map((role) => (
            <Checkbox key={role} value={role} label={t(`role.${role}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <ImportLimits limits={draft.limits} onChange={(limits) => onChange({ limits })} />
      <Radio.Group
        label={t('importOfData.changedFile')}
        value={draft.changedFile}
        onChange={(changedFile) => onChange({ changedFile })}
      >
        <div className={css.checks}>
          {(['stays', 'new_import'] as const).map((rule) => (
            <Radio key={rule} value={rule} label={t(`importOfData.changedFileRule.${rule}`)} />
          ))}
        </div>
      </Radio.Group>
    </div>
  )
}
