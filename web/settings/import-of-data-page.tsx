/** Import of data: templates to fill in, a place to upload them, deleting what an import brought, and the rules. */
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { findImportPolicy } from '../../src/imports/policies/contract.ts'
import { call } from '../api.ts'
import { acceptedFiles, useNewImport } from '../imports/new-import.tsx'
import { useMay, useSession } from '../session.ts'
import { ChooseFile, PageDrop } from '../ui/drop-zone.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Notice, Problem } from '../ui/notice.tsx'
import { Page, Section } from '../ui/page.tsx'
import css from './import-of-data.module.css'
import { DeleteImport } from './import-of-data-deletion.tsx'
import { ImportRules } from './import-of-data-rules.tsx'
import { Templates } from './import-of-data-templates.tsx'

export const policyQuery = {
  queryKey: ['import-policy'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call(findImportPolicy, {}, signal),
}

export function ImportOfDataPage(): ReactElement {
  const { t } = useTranslation()
  const { role } = useSession().person
  const mayUndo = useMay('imports.undo')
  const policy = useQuery(policyQuery)
  const fresh = useNewImport()
  const mayImport = policy.data?.roles.includes(role) ?? false
  return (
    <Page title={t('settings.importOfData')} about={t('importOfData.about')}>
      <div className={css.page}>
        <Problem error={policy.error} onRetry={() => void policy.refetch()} />
        {policy.data && !mayImport && (
          <Notice tone="info" title={t('importOfData.notYours')}>
            {t('importOfData.notYoursWhy', {
              roles: policy.data.roles.map((one) => t(`role.${one}`)).join(', '),
            })}
          </Notice>
        )}
        <Section title={t('importOfData.templates')} about={t('importOfData.templatesWhy')}>
          <Templates />
        </Section>
        <Section
          title={t('importOfData.import')}
          about={t('importOfData.importWhy')}
          actions={
            <LinkButton to="/imports" variant="subtle" size="xs">
              {t('importOfData.allImports')}
            </LinkButton>
          }
        >
          {mayImport && (
            <>
              <PageDrop label={t('import.dropHere')} onFiles={fresh.begin} />
              {fresh.panel ?? (
                <div className={css.upload}>
                  <p className="quiet">{t('importOfData.drop')}</p>
                  <ChooseFile
                    label={t('importOfData.upload')}
                    accept={acceptedFiles}
                    onFiles={fresh.begin}
                    disabled={!fresh.isIdle}
                  />
                </div>
              )}
            </>
          )}
        </Section>
        {mayUndo && (
          <Section title={t('importOfData.deletion')} about={t('importOfData.deletionWhy')}>
            <DeleteImport mayDelete={mayImport} />
          </Section>
        )}
        <Section title={t('importOfData.rules')} about={t('importOfData.rulesWhy')}>
          {policy.data && <ImportRules policy={policy.data} />}
        </Section>
      </div>
    </Page>
  )
}
