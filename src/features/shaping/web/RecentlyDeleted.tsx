import { Button } from 'antd'
import type { Label } from '#base/label.ts'
import { dayText } from '#web/kit/date-text.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { shapeWords } from './words.ts'

interface DeletedThing {
  readonly key: string
  readonly label: Label
  /** `YYYY-MM-DD`. */
  readonly purgedOn: string | null
  readonly onRestore: () => Promise<void>
}

/** What was deleted and can come back, with the day on which it no longer can. */
export function RecentlyDeleted({ things }: { readonly things: readonly DeletedThing[] }) {
  const t = useWords(shapeWords)
  const label = useLabel()
  const language = useLanguage()
  if (things.length === 0) return null
  return (
    <details className="shape-deleted">
      <summary>{t('recentlyDeleted', { n: things.length })}</summary>
      <ul className="shape-rows">
        {things.map((thing) => (
          <li key={thing.key} className="shape-row shape-row-deleted">
            <span className="shape-name">{label(thing.label)}</span>
            <span className="muted shape-kind">{t('purged', { day: dayText(thing.purgedOn, language) })}</span>
            <span className="shape-acts">
              <Button
                aria-label={t('restoreName', { name: label(thing.label) })}
                onClick={() => void thing.onRestore()}
              >
                {t('restore')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
