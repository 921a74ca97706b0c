import { Select } from 'antd'
import { fieldOf, useTotals, type ScreenObject } from '#features/objects/web/index.tsx'
import { all, type Filter } from '#engine/query/filter.ts'
import { regions } from '#engine/region/regions.ts'
import { Figure } from '#web/kit/Figure.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { useMe } from '#web/session/me.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { isSummed } from '../columns.ts'
import type { ShownView } from '../use-views.ts'
import { viewWords } from '../words.ts'
import { filterOfProvince, type ProvinceFigure } from './by-province.ts'
import { ChinaMap } from './ChinaMap.tsx'
import { provinceFields } from './province-fields.ts'
import { useProvinces } from './use-provinces.ts'
import './map.css'

interface MapViewProps {
  readonly object: ScreenObject
  readonly shown: ShownView
  readonly filter: Filter | undefined
}

const heights = { desk: 560, phone: 300 } as const

/** Records by province: a map, and the same as a list that a keyboard reaches; both open the records. */
export function MapView({ object, shown, filter }: MapViewProps) {
  const t = useWords(viewWords)
  const label = useLabel()
  const language = useLanguage()
  const isPhone = useIsPhone()
  const { company } = useMe()
  const offered = provinceFields(object)
  const chosen = shown.state.definition.map
  const field = fieldOf(object, chosen?.by ?? '') ?? offered[0]
  const measured = object.fields.filter(isSummed)
  const sum = fieldOf(object, chosen?.sum ?? '')
  const totals = useTotals(
    object.key,
    { filter, sum: sum ? [sum.key] : [], groupBy: field?.key ?? '' },
    field !== undefined,
  )
  const figures = useProvinces(totals.data, sum?.key)
  const unit = sum?.type === 'money' ? 'money' : 'count'
  const nameOf = (one: ProvinceFigure) => (one.code === undefined ? t('elsewhere') : regions.nameOf(one.code, language))
  const valueOf = (one: ProvinceFigure) => (sum ? one.sum : String(one.count))
  const open = (one: ProvinceFigure | undefined) => {
    if (!field || !one) return
    const own = filterOfProvince(field, one)
    const { filter: before } = shown.state.definition
    shown.setKind('list', { filter: before ? all(before, own) : own })
  }
  if (!field) return <EmptyState title={t('noProvinces')} />
  if (totals.isPending) return <LoadingState rows={10} />
  if (totals.isError) return <ErrorState problem={totals.error} onRetry={() => void totals.refetch()} />
  const put = (by: string, summed: string | undefined) =>
    shown.change({ map: { by, ...(summed ? { sum: summed } : {}) } })
  const what = sum ? label(sum.label) : t('recordCount')
  return (
    <>
      <div className="kind-bar">
        {offered.length > 1 && (
          <Select<string>
            aria-label={t('mapBy')}
            value={field.key}
            options={offered.map((one) => ({ value: one.key, label: label(one.label) }))}
            onChange={(by) => put(by, sum?.key)}
          />
        )}
        <label>
          {t('mapShows')}{' '}
          <Select<string>
            aria-label={t('mapShows')}
            value={sum?.key ?? ''}
            options={[
              { value: '', label: t('recordCount') },
              ...measured.map((one) => ({ value: one.key, label: label(one.label) })),
            ]}
            onChange={(key) => put(field.key, key || undefined)}
          />
        </label>
        <span className="muted">{t('mapSource')}</span>
      </div>
      {figures.length === 0 ? (
        <EmptyState title={t('noMatchTitle')} text={t('noMatchText')} />
      ) : (
        <div className="region-map">
          <div className="region-map-drawing">
            <ChinaMap
              label={t('mapLabel', { what })}
              figures={figures}
              unit={unit}
              isSum={sum !== undefined}
              height={isPhone ? heights.phone : heights.desk}
              onPick={(code) => open(figures.find((one) => one.code === code))}
            />
          </div>
          <table className="region-map-list">
            <thead>
              <tr>
                <th scope="col">{t('province')}</th>
                <th scope="col" className="right">
                  {what}
                </th>
              </tr>
            </thead>
            <tbody>
              {figures.map((one) => (
                <tr key={one.code ?? ''}>
                  <th scope="row">{nameOf(one)}</th>
                  <td className="right">
                    <Figure
                      value={valueOf(one)}
                      unit={unit}
                      currency={company.currency}
                      label={nameOf(one)}
                      onOpen={() => open(one)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}
