import { useState } from 'react'
import { Alert, Button, Checkbox } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { handOverPreviewRoute, handOverRoute, type TreeUnit } from '../contract.ts'
import { PersonPicker } from './Pickers.tsx'
import { orgWords } from './org-words.ts'
import { useOrgAct } from './use-org.ts'

interface HandOverPanelProps {
  readonly personId: string
  readonly units: readonly TreeUnit[]
}

/** What a leaver owns, counted before anything moves; then to whom, and which of it. */
export function HandOverPanel({ personId, units }: HandOverPanelProps) {
  const t = useWords(orgWords)
  const label = useLabel()
  const [toId, setToId] = useState<string | null>(null)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const preview = useQuery({
    queryKey: ['org', 'hand-over', personId],
    queryFn: ({ signal }) => call(handOverPreviewRoute, { params: { id: personId }, signal }),
  })
  const holdings = (preview.data?.holdings ?? []).filter((holding) => holding.count > 0)
  const chosen = holdings.filter((holding) => !left.has(holding.object))
  const count = chosen.reduce((sum, holding) => sum + holding.count, 0)
  const act = useOrgAct(
    (to: string) =>
      call(handOverRoute, {
        params: { id: personId },
        body: { toId: to, objects: chosen.map((holding) => holding.object) },
      }),
    { text: t('handedOver', { count }) },
  )
  if (preview.isPending) return <LoadingState rows={3} />
  if (preview.isError) return <ErrorState problem={preview.error} />
  const heads = preview.data.heads.map((unit) => unit.name).join('、')
  const toggle = (object: string, isChosen: boolean) =>
    setLeft(new Set(isChosen ? [...left].filter((one) => one !== object) : [...left, object]))
  return (
    <div className="org-hand-over">
      {heads !== '' && <Alert type="warning" showIcon title={t('handOverHeads', { units: heads })} />}
      {holdings.length === 0 ? (
        <p className="muted">{t('handOverNone')}</p>
      ) : (
        <>
          <p className="muted">{t('handOverText')}</p>
          <ul>
            {holdings.map((holding) => (
              <li key={holding.object}>
                <Checkbox
                  checked={!left.has(holding.object)}
                  onChange={(event) => toggle(holding.object, event.target.checked)}
                >
                  {label(holding.label)}
                </Checkbox>
                <b className="num">{holding.count}</b>
              </li>
            ))}
          </ul>
          <PersonPicker units={units} except={personId} value={toId} onChange={setToId} aria-label={t('handOverTo')} />
          <Button
            type="primary"
            disabled={toId === null || count === 0}
            loading={act.isPending}
            onClick={() => toId !== null && act.mutate(toId)}
          >
            {t('handOverDo', { count })}
          </Button>
        </>
      )}
    </div>
  )
}
