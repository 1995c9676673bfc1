/** One message as it leaves, in a drawer: its state, what the server said, its text and how it looks. */
import { Button, Skeleton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deleteMessage, findMessage, type OutboxMessage, retryMessage } from '../../src/notices/contract.ts'
import { call } from '../api.ts'
import { useFormat } from '../ui/format.ts'
import { KeyValues } from '../ui/key-values.tsx'
import { Problem } from '../ui/notice.tsx'
import { SideWindow } from '../ui/window.tsx'
import css from './mail.module.css'

export function MessageReader(props: { id: string }): ReactElement {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/settings/mail' })
  const queries = useQueryClient()
  const close = () =>
    void navigate({
      search: (now) => (now.state ? { state: now.state } : {}),
      replace: true,
      resetScroll: false,
    })
  const query = useQuery({
    queryKey: ['mail', 'message', props.id],
    queryFn: ({ signal }) => call(findMessage, { params: { id: props.id } }, signal),
  })
  const again = useMutation({
    mutationFn: () => call(retryMessage, { params: { id: props.id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['mail'] }),
  })
  const remove = useMutation({
    mutationFn: () => call(deleteMessage, { params: { id: props.id } }),
    onSuccess: () => {
      close()
      return queries.invalidateQueries({ queryKey: ['mail', 'outbox'] })
    },
  })
  const message = query.data
  return (
    <SideWindow opened onClose={close} title={message?.subject ?? t('mail.message')}>
      <Problem error={query.error ?? again.error ?? remove.error} />
      {query.isPending && <Skeleton height={420} />}
      {message && (
        <>
          <MessageBody message={message} />
          <div className={css.buttons}>
            {message.state !== 'sent' && (
              <Button variant="default" loading={again.isPending} onClick={() => again.mutate()}>
                {t('mail.sendNow')}
              </Button>
            )}
            <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
              {t('mail.delete')}
            </Button>
          </div>
        </>
      )}
    </SideWindow>
  )
}

function MessageBody(props: { message: OutboxMessage }): ReactElement {
  const { t } = useTranslation()
  const format = useFormat()
  const { message } = props
  const [isHtml, setIsHtml] = useState(false)
  return (
    <>
      <div className={css.facts}>
        <KeyValues
          items={[
            { key: 'to', name: t('mail.to'), value: message.to },
            { key: 'state', name: t('mail.state'), value: t(`mail.states.${message.state}`) },
            { key: 'when', name: t('mail.when'), value: format.moment(message.sentAt ?? message.createdAt) },
            ...(message.answer
              ? [
                  {
                    key: 'answer',
                    name: t('mail.answer'),
                    value: <span className="mono">{message.answer}</span>,
                  },
                ]
              : []),
          ]}
        />
      </div>
      {isHtml ? (
        <iframe className={css.frame} sandbox="" srcDoc={message.html} title={message.subject} />
      ) : (
        <pre className={css.text}>{message.text}</pre>
      )}
      <Button variant="default" size="xs" mt={8} onClick={() => setIsHtml(!isHtml)}>
        {isHtml ? t('mail.showText') : t('mail.showHtml')}
      </Button>
    </>
  )
}
