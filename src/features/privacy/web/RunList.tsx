import { Progress } from 'antd'
import { momentText } from '#web/kit/date-text.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { downloadRunRoute, type PersonalRun } from '../contract.ts'
import { useRuns, type PersonPlace } from './use-privacy.ts'
import { privacyWords } from './words.ts'

/** Exports and erasures of the person, with what is under way. */
export function RunList({ place }: { readonly place: PersonPlace }) {
  const runs = useRuns(place, true).data?.runs ?? []
  if (runs.length === 0) return null
  return (
    <ol className="privacy-list">
      {runs.map((run) => (
        <RunLine key={run.id} run={run} />
      ))}
    </ol>
  )
}

function RunLine({ run }: { readonly run: PersonalRun }) {
  const t = useWords(privacyWords)
  const language = useLanguage()
  const { id, act, state, partsDone, partsTotal, createdAt, createdBy, expiresAt } = run
  const isUnderWay = state === 'queued' || state === 'running'
  const percent = partsTotal === 0 ? 0 : Math.round((partsDone / partsTotal) * 100)
  const name = t(act === 'export' ? 'runExport' : 'runErasure')
  return (
    <li>
      <b>{name}</b> <span className="num muted">{momentText(String(createdAt), language)}</span>{' '}
      {createdBy !== null && <span className="muted">{createdBy}</span>} · {t(state)}{' '}
      {act === 'export' && state === 'done' && expiresAt !== null && (
        <>
          <a href={downloadRunRoute.path.replace(':id', id)} download>
            {t('download')}
          </a>{' '}
          <span className="muted">{t('until', { at: momentText(String(expiresAt), language) })}</span>
        </>
      )}
      {act === 'export' && state === 'done' && expiresAt === null && <span className="muted">{t('expired')}</span>}
      {isUnderWay && <Progress percent={percent} size="small" aria-label={name} />}
    </li>
  )
}
