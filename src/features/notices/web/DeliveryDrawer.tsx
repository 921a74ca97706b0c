import { useState } from 'react'
import { App, Button, Drawer, Segmented, Tag } from 'antd'
import type { DeliveryView, WebhookView } from '#engine/contract/webhooks.ts'
import { momentText } from '#web/kit/date-text.ts'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { kitWords } from '#web/kit/words.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { connectionWords } from './connection-words.ts'
import { useDeliveries, useWebhookActs } from './use-connections.ts'

type State = DeliveryView['state']

const names = {
  waiting: 'stateWaiting',
  delivered: 'stateDelivered',
  unseen: 'stateUnseen',
  dead: 'stateDead',
} as const satisfies Readonly<Record<State, string>>
const dayMs = 86_400_000

/** What was sent to a webhook and what came back; anything can be sent again. */
export function DeliveryDrawer({ webhook, onClose }: { readonly webhook: WebhookView; readonly onClose: () => void }) {
  const t = useWords(connectionWords)
  const k = useWords(kitWords)
  const { message } = App.useApp()
  const { replay } = useWebhookActs()
  const [state, setState] = useState<State | 'all'>('all')
  const log = useDeliveries(webhook.id, state === 'all' ? undefined : state)
  const send = (body: Parameters<typeof replay.mutate>[0]['body']) =>
    replay.mutate(
      { id: webhook.id, body },
      {
        onSuccess: ({ replayed }) => void message.success(t('replayed', { n: replayed })),
        onError: (problem) => void message.error(problemText(problem)),
      },
    )
  const all = log.data?.pages.flatMap((page) => page.deliveries) ?? []
  return (
    <Drawer
      open
      size={620}
      title={t('logFor', { name: webhook.name })}
      onClose={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      <div className="connection-acts">
        <Button size="small" onClick={() => send({ since: new Date(0).toISOString(), onlyDead: true })}>
          {t('replayDead')}
        </Button>
        <Button size="small" onClick={() => send({ since: new Date(Date.now() - dayMs).toISOString() })}>
          {t('replaySince')}
        </Button>
      </div>
      <Segmented<State | 'all'>
        size="small"
        value={state}
        options={[
          { value: 'all', label: t('all') },
          ...(['waiting', 'delivered', 'dead'] as const).map((value) => ({ value, label: t(names[value]) })),
        ]}
        onChange={setState}
      />
      {log.isPending && <LoadingState rows={6} />}
      {log.isError && <ErrorState problem={log.error} onRetry={() => void log.refetch()} />}
      {log.data && all.length === 0 && <EmptyState title={t('logEmpty')} />}
      <ul className="connection-lines">
        {all.map((one) => (
          <DeliveryLine key={one.id} delivery={one} onReplay={() => send({ deliveries: [one.id] })} />
        ))}
      </ul>
      {log.hasNextPage && (
        <Button type="link" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Drawer>
  )
}

function DeliveryLine({ delivery, onReplay }: { readonly delivery: DeliveryView; readonly onReplay: () => void }) {
  const t = useWords(connectionWords)
  const language = useLanguage()
  const { event, number, state, happenedAt, nextAt, attempts } = delivery
  const moment = (at: unknown) => momentText(String(at), language)
  return (
    <li className="connection-line">
      <div className="connection-facts">
        <span className="connection-name">
          <Tag>{t(names[state])}</Tag>
          <b>{event}</b>
          <span className="muted num">
            #{number} · {moment(happenedAt)}
          </span>
          {nextAt && <span className="muted num">{t('nextAt', { at: moment(nextAt) })}</span>}
        </span>
        {attempts.map((attempt, at) => (
          <details key={at} open={at === 0 && attempt.status !== null && attempt.problem !== null}>
            <summary className="num">
              {t('attempt', {
                at: moment(attempt.at),
                status: attempt.status ?? problemName(t, attempt.problem),
                ms: attempt.tookMs,
              })}
            </summary>
            <pre className="delivery-answer">{attempt.answer || '—'}</pre>
          </details>
        ))}
      </div>
      <div className="connection-acts">
        <Button size="small" aria-label={t('replayFor', { event, n: number })} onClick={onReplay}>
          {t('replay')}
        </Button>
      </div>
    </li>
  )
}

function problemName(t: ReturnType<typeof useWords<keyof typeof connectionWords.labels>>, problem: string | null) {
  const key = `problem_${problem}`
  return key in connectionWords.labels ? t(key as keyof typeof connectionWords.labels) : (problem ?? '—')
}
