/** How far an error reaches, in words: a bad child keeps out itself, a bad parent its children. */
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '../../src/imports/contract.ts'
import { type ChildKind, useChildKinds } from './child-kinds.ts'
import { useKind } from './kinds.ts'

export function ErrorReach(props: { run: ImportView }): ReactElement | null {
  const children = useChildKinds()
  const kinds = new Set(props.run.counts?.records.map((records) => records.kind))
  const pairs = children.filter((child) => kinds.has(child.kind) && kinds.has(child.parent))
  if (pairs.length === 0) return null
  return (
    <>
      {pairs.map((pair) => (
        <Reach key={pair.kind} pair={pair} />
      ))}
    </>
  )
}

function Reach(props: { pair: ChildKind }): ReactElement | null {
  const { t } = useTranslation()
  const child = useKind(props.pair.kind)
  const parent = useKind(props.pair.parent)
  if (!child.kind || !parent.kind) return null
  return (
    <p className="quiet">
      {t('import.check.reach', {
        child: child.label(child.kind.one),
        children: lower(child.label(child.kind.labels)),
        parent: parent.label(parent.kind.one),
      })}
    </p>
  )
}

function lower(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1)
}
