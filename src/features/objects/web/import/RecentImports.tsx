import { Button, Tag } from 'antd'
import type { TargetView } from '#engine/transfer/target-view.ts'
import { grouped } from '#engine/money/short-form.ts'
import { momentText } from '#web/kit/date-text.ts'
import { Panel } from '#web/kit/Panel.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { useRecentImports } from './use-imports.ts'
import { StateTag } from './StateTag.tsx'
import { importWords } from './words.ts'

interface RecentImportsProps {
  readonly targets: readonly TargetView[]
  readonly onShow: (setId: string) => void
}

/** What was imported lately; each opens to its result. */
export function RecentImports({ targets, onShow }: RecentImportsProps) {
  const t = useWords(importWords)
  const label = useLabel()
  const language = useLanguage()
  const recent = useRecentImports()
  const runs = recent.data ?? []
  return (
    <Panel title={t('recent')}>
      {runs.length === 0 && <p className="muted">{t('noRecent')}</p>}
      <ul className="import-recent">
        {runs.slice(0, 20).map((run) => {
          const target = targets.find((one) => one.object === run.object)
          return (
            <li key={run.id}>
              <Button type="link" onClick={() => onShow(run.setId)}>
                {run.fileName}
              </Button>
              <span>{target ? label(target.label) : run.object}</span>
              <StateTag state={run.state} />
              {run.undo?.state === 'done' && <Tag>↶ {t('undone')}</Tag>}
              <span className="muted">
                {t('created')} {grouped(String(run.created))} · {t('updated')} {grouped(String(run.updated))} ·{' '}
                {t('rejected')} {grouped(String(run.rejected))}
              </span>
              <span className="muted">
                {run.createdAt === null ? '' : momentText(String(run.createdAt), language)}
                {run.createdByName ? ` · ${t('by', { name: run.createdByName })}` : ''}
              </span>
            </li>
          )
        })}
      </ul>
    </Panel>
  )
}
