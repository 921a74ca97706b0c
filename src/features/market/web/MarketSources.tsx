import { Figure } from '#web/kit/Figure.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { useMay, useMe } from '#web/session/me.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { marketManage, type MarketBehind } from '../contract.ts'
import { SizeFacts } from './SizeFacts.tsx'
import { marketWords } from './words.ts'
import './market.css'

/** Who told a market and how much of each telling counts, or why it is not known. */
export function MarketSources({ market: { unknown, sizes } }: { readonly market: MarketBehind }) {
  const t = useWords(marketWords)
  const { company } = useMe()
  const mayManage = useMay(marketManage)
  return (
    <Panel title={t('told')} extra={mayManage && <PageLink to="/market">{t('title')}</PageLink>}>
      {unknown && <p>{t(`unknown_${unknown}`)}</p>}
      <p className="muted">{t('whichCounts')}</p>
      <ul className="market-sizes">
        {sizes.map((size) => (
          <li key={size.id}>
            <SizeFacts size={size} />
            {size.counted !== null && (
              <span>
                {t('counted')} <Figure value={size.counted} unit="money" currency={company.currency} exact />
              </span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
