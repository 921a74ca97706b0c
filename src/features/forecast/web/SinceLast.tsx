import { dayText } from '#web/kit/date-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import type { Said } from '../contract.ts'
import { useMovement } from './use-forecast.ts'
import { Waterfall } from './Waterfall.tsx'
import { forecastWords } from './words.ts'

/** What moved the deals of a node since the last word about it. */
export function SinceLast({ last, currency }: { readonly last: Said | null; readonly currency: string }) {
  const t = useWords(forecastWords)
  const language = useLanguage()
  const movement = useMovement(last?.id)
  return (
    <Panel
      title={t('whatMoved')}
      extra={last && <small className="muted">{t('whatMovedNote', { when: dayText(last.at, language) })}</small>}
    >
      {!last && <p className="muted">{t('nothingSaidYet')}</p>}
      {last && movement.isError && <ErrorState problem={movement.error} onRetry={() => void movement.refetch()} />}
      {last && movement.isPending && <LoadingState rows={3} />}
      {movement.data && movement.data.moves.length === 0 && <p className="muted">{t('nothingMoved')}</p>}
      {movement.data && movement.data.moves.length > 0 && (
        <Waterfall movement={movement.data} currency={currency} end={t('now')} />
      )}
    </Panel>
  )
}
