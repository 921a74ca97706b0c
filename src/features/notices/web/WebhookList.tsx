import { useState } from 'react'
import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button, Switch } from 'antd'
import type { WebhookView } from '#engine/contract/webhooks.ts'
import { momentText } from '#web/kit/date-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { DeliveryDrawer } from './DeliveryDrawer.tsx'
import { SecretDialog } from './SecretDialog.tsx'
import { WebhookDialog } from './WebhookDialog.tsx'
import { connectionWords } from './connection-words.ts'
import { useConfirmRemoval } from './use-confirm-removal.ts'
import { useWebhookActs, useWebhooks } from './use-connections.ts'

/** Webhooks, and how they fare; the log of one opens over the page. */
export function WebhookList() {
  const t = useWords(connectionWords)
  const address = useAddress()
  const change = useChangeAddress()
  const listed = useWebhooks()
  const [edited, setEdited] = useState<WebhookView | 'new'>()
  const [secret, setSecret] = useState<string>()
  if (listed.isPending) return <LoadingState rows={5} />
  if (listed.isError) return <ErrorState problem={listed.error} onRetry={() => void listed.refetch()} />
  const { webhooks, events } = listed.data
  const looked = webhooks.find(({ id }) => id === address['log'])
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
      {t('addWebhook')}
    </Button>
  )
  return (
    <>
      {webhooks.length === 0 ? (
        <EmptyState title={t('noWebhooks')} text={t('noWebhooksText')} action={add} />
      ) : (
        <>
          <Panel>
            <ul className="connection-lines">
              {webhooks.map((webhook) => (
                <WebhookLine
                  key={webhook.id}
                  webhook={webhook}
                  onEdit={() => setEdited(webhook)}
                  onLog={() => change({ log: webhook.id })}
                  onSecret={setSecret}
                />
              ))}
            </ul>
          </Panel>
          <div>{add}</div>
        </>
      )}
      {edited && (
        <WebhookDialog
          webhook={edited === 'new' ? undefined : edited}
          events={events}
          onClose={() => setEdited(undefined)}
          onSecret={setSecret}
        />
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
      {looked && <DeliveryDrawer webhook={looked} onClose={() => change({ log: undefined })} />}
    </>
  )
}

interface WebhookLineProps {
  readonly webhook: WebhookView
  readonly onEdit: () => void
  readonly onLog: () => void
  readonly onSecret: (secret: string) => void
}

function WebhookLine({ webhook, onEdit, onLog, onSecret }: WebhookLineProps) {
  const t = useWords(connectionWords)
  const k = useWords(kitWords)
  const language = useLanguage()
  const { message, modal } = App.useApp()
  const acts = useWebhookActs()
  const confirm = useConfirmRemoval()
  const { id, name, version, owner, stoppedAt, failuresInRow, formerUntil, lastDeliveredAt, waiting, dead } = webhook
  const moment = (at: unknown) => momentText(String(at), language)
  const refuse = (problem: unknown) => void message.error(problemText(problem))
  const rotate = () =>
    modal.confirm({
      title: t('rotateAsk', { name }),
      content: t('rotateText'),
      okText: t('rotate'),
      cancelText: k('cancel'),
      onOk: () => acts.rotate.mutateAsync(id).then(({ secret }) => onSecret(secret), refuse),
    })
  return (
    <li className="connection-line">
      <div className="connection-facts">
        <span className="connection-name">
          <Switch
            size="small"
            checked={webhook.isOn}
            aria-label={t('isOn', { name })}
            onChange={(isOn) => acts.change.mutate({ id, version, isOn }, { onError: refuse })}
          />
          <b>{name}</b>
          <span className="muted">{webhook.events.join(', ')}</span>
        </span>
        <span>{webhook.url}</span>
        <span className="muted">{t(owner.isActive ? 'owner' : 'ownerLeft', { name: owner.name })}</span>
        <span className="num">
          {lastDeliveredAt ? t('lastSuccess', { at: moment(lastDeliveredAt) }) : t('never')}
          {waiting > 0 && ` · ${t('waiting', { n: waiting })}`}
        </span>
        {stoppedAt ? (
          <span className="num connection-bad" role="alert">
            {t('stopped', { at: moment(stoppedAt), n: failuresInRow })}
          </span>
        ) : (
          failuresInRow > 0 && <span className="num connection-bad">{t('failures', { n: failuresInRow })}</span>
        )}
        {dead > 0 && <span className="num connection-bad">{t('dead', { n: dead })}</span>}
        {formerUntil && <span className="muted num">{t('former', { at: moment(formerUntil) })}</span>}
      </div>
      <div className="connection-acts">
        <Button size="small" aria-label={t('logFor', { name })} onClick={onLog}>
          {t('log')}
        </Button>
        <Button size="small" onClick={rotate}>
          {t('rotate')}
        </Button>
        <Button type="text" size="small" icon={<EditOutlined />} aria-label={t('edit', { name })} onClick={onEdit} />
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t('remove', { name })}
          onClick={() => confirm(name, () => acts.remove.mutateAsync(id))}
        />
      </div>
    </li>
  )
}
