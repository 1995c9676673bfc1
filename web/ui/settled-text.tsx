/** A text that is saved when it is left or confirmed, not at every key. */
import { TextInput } from '@mantine/core'
import { type ReactElement, useEffect, useState } from 'react'

export function SettledText(props: {
  label: string
  value: string
  disabled: boolean
  placeholder?: string
  onSettle: (value: string) => void
}): ReactElement {
  const [typed, setTyped] = useState(props.value)
  useEffect(() => setTyped(props.value), [props.value])
  const settle = () => typed !== props.value && props.onSettle(typed)
  return (
    <TextInput
      label={props.label}
      value={typed}
      disabled={props.disabled}
      {...(props.placeholder ? { placeholder: props.placeholder } : {})}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => event.key === 'Enter' && settle()}
    />
  )
}
