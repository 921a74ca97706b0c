import { useState } from 'react'
import { Checkbox } from 'antd'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useWords } from '#web/words/use-words.ts'
import { reorganisationWords } from './words.ts'

interface FigureRow {
  readonly unitId: string
  readonly name: string
  readonly depth: number
  readonly figures: readonly string[]
  readonly isOther: boolean
}

/** Units with what changes for them; those for whom nothing does are shown when asked for. */
export function FigureTable({
  heads,
  rows,
}: {
  readonly heads: readonly string[]
  readonly rows: readonly FigureRow[]
}) {
  const t = useWords(reorganisationWords)
  const others = rows.filter(({ isOther }) => isOther)
  const [isAllWanted, setAllWanted] = useState(false)
  // Where nothing changes there is nothing else to show; the next try may change something.
  const showsAll = isAllWanted || others.length === 0
  const shown = showsAll ? rows : others
  return (
    <>
      {others.length === 0 ? (
        <p className="muted">{t('nothingChanges')}</p>
      ) : (
        <Checkbox checked={!showsAll} onChange={(event) => setAllWanted(!event.target.checked)}>
          {t('onlyChanged', { n: others.length, all: rows.length })}
        </Checkbox>
      )}
      <div className="reorg-scroll" tabIndex={0} role="group" aria-label={heads.join(' · ')}>
        <table className="reorg-table">
          <thead>
            <tr>
              <th scope="col">{t('unit')}</th>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.unitId} data-other={row.isOther}>
                <th scope="row" style={{ paddingInlineStart: 8 + (showsAll ? row.depth * 14 : 0) }}>
                  <PageLink to="/targets" search={{ node: row.unitId, draft: undefined }}>
                    {row.name}
                  </PageLink>
                </th>
                {row.figures.map((figure, at) => (
                  <td key={heads[at]} className="num">
                    {figure}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
