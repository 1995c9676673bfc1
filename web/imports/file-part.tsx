/** A part of the sentence about a file that can be changed: opens what else it could be. */
import { Menu } from '@mantine/core'
import { Fragment, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { ReadOptions } from '../../src/imports/read/contract.ts'
import css from './file-step.module.css'

export type Options = z.input<typeof ReadOptions>

export type PartGroup = {
  readonly name: string
  /** What the choice replaces, besides what it sets. */
  readonly drop: readonly (keyof Options)[]
  readonly options: readonly {
    readonly key: string
    readonly label: ReactNode
    readonly isCurrent: boolean
    readonly take: Options
  }[]
}

export function FilePart(props: {
  /** What it is now, as it stands in the sentence. */
  label: string
  name: string
  groups: readonly PartGroup[]
  chosen: Options
  disabled: boolean
  onChange: (options: Options) => void
}): ReactElement {
  const { t } = useTranslation()
  const { chosen, groups, onChange } = props
  const names = groups.flatMap((group) => [
    ...group.drop,
    ...group.options.flatMap((option) => Object.keys(option.take) as (keyof Options)[]),
  ])
  const isChosen = names.some((name) => chosen[name] !== undefined)
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={css.part}
          data-chosen={isChosen}
          disabled={props.disabled}
          aria-label={t('import.reading.change', { name: props.name, value: props.label })}
        >
          {props.label}
        </button>
      </Menu.Target>
      <Menu.Dropdown className={css.menu}>
        {groups.map((group, at) => (
          <Fragment key={group.name}>
            {at > 0 && <Menu.Divider />}
            <Menu.Label>{group.name}</Menu.Label>
            <Menu.RadioGroup
              value={group.options.find((option) => option.isCurrent)?.key ?? null}
              onChange={(key) => {
                const option = group.options.find((one) => one.key === key)
                if (option) onChange({ ...without(chosen, group.drop), ...option.take })
              }}
            >
              {group.options.map((option) => (
                <Menu.RadioItem key={option.key} value={option.key} closeMenuOnClick>
                  {option.label}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Fragment>
        ))}
        {isChosen && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => onChange(without(chosen, names))}>
              {t('import.reading.detect')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

export function without(options: Options, names: readonly (keyof Options)[]): Options {
  return Object.fromEntries(
    Object.entries(options).filter(([name]) => !names.includes(name as keyof Options)),
  )
}
