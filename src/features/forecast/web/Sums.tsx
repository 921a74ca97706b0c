import { Figure } from '#web/kit/Figure.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useWords } from '#web/words/use-words.ts'
import { useOpenDeals } from './DealsDrawer.tsx'
import { useOpenSystem } from './use-open-system.ts'
import { useSystemForecast } from './use-forecast.ts'
import { forecastWords } from './words.ts'

interface SumsProps {
  readonly period: string
  readonly node: string
  readonly currency: string
}

/** What is expected as the sum that it is, each part a way to its own records. */
export function Sums({ period, node, currency }: SumsProps) {
  const t = useWords(forecastWords)
  const system = useSystemForecast(period, node)
  const openDeals = useOpenDeals()
  const openSystem = useOpenSystem()
  if (system.isError) return <ErrorState problem={system.error} onRetry={() => void system.refetch()} />
  if (!system.data) return <LoadingState rows={4} />
  const { closed, open, unseen, expected } = system.data
  const parts = [
    { key: 'closed', value: closed, onOpen: () => openDeals(node, 'closed') },
    { key: 'openPart', value: open, onOpen: () => openSystem('open') },
    { key: 'unseenPart', value: unseen, onOpen: () => openSystem('unseen') },
  ] as const
  return (
    <table className="forecast-table">
      <tbody>
        {parts.map(({ key, value, onOpen }) => (
          <tr key={key}>
            <th scope="row">{t(key)}</th>
            <td className="forecast-right">
              <Figure value={value} unit="money" currency={currency} exact label={t(key)} onOpen={onOpen} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('expected')}</th>
          <td className="forecast-right">
            <Figure value={expected} unit="money" currency={currency} exact />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}
