import { Drawer } from 'antd'
import { RecordsDrawer } from '#features/targets/web/index.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import { useLabel, useWords } from '#web/words/use-words.ts'
import { DriverBasisTable } from './DriverBasisTable.tsx'
import { MonthsTable } from './MonthsTable.tsx'
import { useMetrics, type MetricOutlook, type MetricRow } from './use-outlook.ts'
import { outlookWords } from './words.ts'

interface BehindOutlookProps {
  readonly outlook: MetricOutlook
  readonly metric: MetricRow
  readonly node: string | undefined
}

/** What stands behind the figure that was opened, over the page. */
export function BehindOutlook({ outlook, metric, node }: BehindOutlookProps) {
  const t = useWords(outlookWords)
  const k = useWords(kitWords)
  const label = useLabel()
  const change = useChangeAddress()
  const metrics = useMetrics()
  const [of, first, second] = useAddress()['behind']?.split(':') ?? []
  const close = () => change({ behind: undefined })
  if (of === 'records') {
    const asked = metrics.data?.find(({ key }) => key === first)
    if (!asked || second === undefined) return null
    const isShown = asked.key === metric.key
    return (
      <RecordsDrawer
        figure={{ metric: asked.key, node, period: second }}
        metric={asked}
        name={outlook.name}
        shown={isShown ? outlook.months.find(({ key }) => key === second)?.actual : null}
        onClose={close}
      />
    )
  }
  const driver = of === 'driver' ? outlook.landing?.drivers.find(({ kind }) => kind === first) : undefined
  // Deals, peers and a market are no months of this metric.
  if (of !== 'months' && driver?.kind !== 'history' && !driver?.basis) return null
  return (
    <Drawer
      open
      onClose={close}
      size="min(640px, 100vw)"
      closable={{ 'aria-label': k('close') }}
      title={driver ? label(driver.label) : t('monthByMonth')}
    >
      {driver && outlook.landing && driver.basis ? (
        <DriverBasisTable landing={outlook.landing} driver={driver} basis={driver.basis} metric={metric} />
      ) : (
        <MonthsTable
          outlook={outlook}
          metric={metric}
          from={driver ? undefined : first}
          to={driver ? undefined : second}
        />
      )}
    </Drawer>
  )
}
