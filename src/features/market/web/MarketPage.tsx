import { useState } from 'react'
import { DeleteOutlined } from '@ant-design/icons'
import { App, Button, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useWords } from '#web/words/use-words.ts'
import {
  removeSizeRoute,
  setTerritoryRoute,
  showMarketRoute,
  type ShownSize,
  type ShownTerritory,
} from '../contract.ts'
import { PastePanel } from './PastePanel.tsx'
import { SizeFacts } from './SizeFacts.tsx'
import { useMarketActs } from './use-market-acts.ts'
import { marketWords } from './words.ts'
import './market.css'

/** How large the market is, pasted from a sheet, and who covers which part of it. */
export function MarketPage() {
  const t = useWords(marketWords)
  const market = useQuery({ queryKey: ['market'], queryFn: ({ signal }) => call(showMarketRoute, { signal }) })
  return (
    <BoardPage title={t('title')} note={t('note')}>
      <PastePanel industries={market.data?.territories.flatMap((one) => one.industries)} />

      {market.isPending && <LoadingState rows={6} />}
      {market.isError && <ErrorState problem={market.error} onRetry={() => void market.refetch()} />}
      {market.data && (
        <>
          <SizesPanel sizes={market.data.sizes} />
          <Panel title={t('territories')}>
            <p className="muted">{t('territoryHelp')}</p>
            {market.data.territories.map((territory) => (
              <TerritoryLine key={territory.unitId} territory={territory} />
            ))}
          </Panel>
        </>
      )}
    </BoardPage>
  )
}

/** Runs an act and says what was refused. */
function useActs() {
  const act = useMarketActs()
  const { message } = App.useApp()
  return async (run: () => Promise<unknown>, done?: string): Promise<void> => {
    const problem = await act(run, done)
    if (problem !== undefined) void message.error(problemText(problem))
  }
}

function SizesPanel({ sizes }: { readonly sizes: readonly ShownSize[] }) {
  const t = useWords(marketWords)
  const act = useActs()
  return (
    <Panel title={t('sizes')}>
      {sizes.length === 0 ? <p className="muted">{t('none')}</p> : <p className="muted">{t('whichCounts')}</p>}
      <ul className="market-sizes">
        {sizes.map((size) => (
          <li key={size.id}>
            <SizeFacts size={size} />
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('remove', { region: size.regionName })}
              onClick={() => void act(() => call(removeSizeRoute, { params: { id: size.id } }))}
            />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const listOf = (text: string): string[] => text.split(/[,，、;；]/).map((one) => one.trim()).filter((one) => one !== '') // prettier-ignore

function TerritoryLine({ territory: { unitId, name, regions, industries } }: { readonly territory: ShownTerritory }) {
  const t = useWords(marketWords)
  const act = useActs()
  const [text, setText] = useState(regions.map((region) => region.name).join('、'))
  const [trades, setTrades] = useState(industries.join('、'))
  const codes = new Map(regions.map((region) => [region.name, region.code]))
  const keep = () => {
    const body = { regions: listOf(text).map((one) => codes.get(one) ?? one), industries: listOf(trades) }
    return act(() => call(setTerritoryRoute, { params: { unit: unitId }, body }), t('saved'))
  }
  return (
    <form className="market-territory" onSubmit={(event) => (event.preventDefault(), void keep())}>
      <b>{name}</b>
      <Input
        aria-label={t('regionsOf', { name })}
        placeholder={t('region')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Input
        aria-label={t('industriesOf', { name })}
        placeholder={t('industry')}
        value={trades}
        onChange={(event) => setTrades(event.target.value)}
      />
      <Button htmlType="submit">{t('keep')}</Button>
    </form>
  )
}
