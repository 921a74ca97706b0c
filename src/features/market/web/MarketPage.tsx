import { useState } from 'react'
import { DeleteOutlined } from '@ant-design/icons'
import { App, Button, Input } from 'antd'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { call } from '#web/api/call.ts'
import { ApiProblem } from '#web/api/problem.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useMe } from '#web/session/me.ts'
import { useWords } from '#web/words/use-words.ts'
import {
  keepSizesRoute,
  removeSizeRoute,
  setTerritoryRoute,
  showMarketRoute,
  type ShownSize,
  type ShownTerritory,
} from '../contract.ts'
import { readRows } from './read-rows.ts'
import { SizeFacts } from './SizeFacts.tsx'
import { marketWords } from './words.ts'
import './market.css'

/** How large the market is, pasted from a sheet, and who covers which part of it. */
export function MarketPage() {
  const t = useWords(marketWords)
  const market = useQuery({ queryKey: ['market'], queryFn: ({ signal }) => call(showMarketRoute, { signal }) })
  return (
    <BoardPage title={t('title')} note={t('note')}>
      <PastePanel />
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

/** Runs an act; figures and lists follow, and what is refused is said. Answers whether it was done. */
function useActs() {
  const client = useQueryClient()
  const { message } = App.useApp()
  return async (act: () => Promise<unknown>, done?: string): Promise<boolean> => {
    try {
      await act()
      await client.invalidateQueries()
      if (done !== undefined) void message.success(done)
      return true
    } catch (problem) {
      const faults = problem instanceof ApiProblem ? problem.faults.map((fault) => fault.message).join(' ') : ''
      void message.error(faults === '' ? problemText(problem) : faults)
      return false
    }
  }
}

function PastePanel() {
  const t = useWords(marketWords)
  const { today } = useMe()
  const act = useActs()
  const [text, setText] = useState('')
  const rows = readRows(text, today)
  const keep = async () => {
    const sizes = [...rows]
    if (await act(() => call(keepSizesRoute, { body: { sizes } }), t('kept', { n: sizes.length }))) setText('')
  }
  return (
    <Panel title={t('paste')}>
      <p className="muted" id="market-paste-help">
        {t('pasteHelp')}
      </p>
      <Input.TextArea
        aria-label={t('paste')}
        aria-describedby="market-paste-help"
        autoSize={{ minRows: 3, maxRows: 12 }}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <p className="market-acts">
        <Button type="primary" disabled={rows.length === 0} onClick={() => void keep()}>
          {t('keep')}
        </Button>{' '}
        <span aria-live="polite">{text !== '' && t('rows', { n: rows.length })}</span>
      </p>
    </Panel>
  )
}

function SizesPanel({ sizes }: { readonly sizes: readonly ShownSize[] }) {
  const t = useWords(marketWords)
  const act = useActs()
  return (
    <Panel title={t('sizes')}>
      {sizes.length === 0 && <p className="muted">{t('none')}</p>}
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
