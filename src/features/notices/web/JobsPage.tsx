import { App, Button, Tag } from 'antd'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { jobRoutes, jobsManage, type JobView } from '#engine/contract/jobs.ts'
import { eventPermissions, parkedEventsRoute, retryEventRoute } from '#engine/contract/parked-events.ts'
import { call } from '#web/api/call.ts'
import { momentText } from '#web/kit/date-text.ts'
import { BoardPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useMay } from '#web/session/me.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { connectionWords } from './connection-words.ts'
import { taskName } from './task-words.ts'
import './notices.css'

const watchingMs = 3000

/** The queue of the company, and the events that were given up. */
export function JobsPage() {
  const t = useWords(connectionWords)
  const mayJobs = useMay(jobsManage)
  const mayEvents = useMay(eventPermissions[0].key)
  return (
    <BoardPage title={t('jobs')} note={t('jobsNote')}>
      {mayJobs && <Jobs />}
      {mayEvents && <ParkedEvents />}
    </BoardPage>
  )
}

function Jobs() {
  const t = useWords(connectionWords)
  const language = useLanguage()
  const jobs = useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => call(jobRoutes.list, { signal }),
    refetchInterval: watchingMs,
  })
  if (jobs.isPending) return <LoadingState rows={5} />
  if (jobs.isError) return <ErrorState problem={jobs.error} onRetry={() => void jobs.refetch()} />
  return (
    <>
      <Panel title={t('jobs')}>
        {jobs.data.jobs.length === 0 ? (
          <EmptyState title={t('jobsNone')} text={t('jobsNoneText')} />
        ) : (
          <ul className="connection-lines">
            {jobs.data.jobs.map((job) => (
              <JobLine key={job.id} job={job} />
            ))}
          </ul>
        )}
      </Panel>
      {jobs.data.schedule.length > 0 && (
        <Panel title={t('schedule')}>
          <ul className="connection-lines">
            {jobs.data.schedule.map(({ task, lastAt }) => (
              <li key={task} className="connection-line">
                <b>{taskName(task, language)}</b>
                <span className="muted num">
                  {t('lastRun', { at: lastAt ? momentText(String(lastAt), language) : '—' })}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}

function JobLine({ job }: { readonly job: JobView }) {
  const t = useWords(connectionWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const client = useQueryClient()
  const again = {
    onSuccess: () => client.invalidateQueries({ queryKey: ['jobs'] }),
    onError: (problem: unknown) => void message.error(problemText(problem)),
  }
  const retry = useMutation({ mutationFn: () => call(jobRoutes.retry, { params: { id: job.id } }), ...again })
  const cancel = useMutation({ mutationFn: () => call(jobRoutes.cancel, { params: { id: job.id } }), ...again })
  const { state, tries, mostTries, problem, runAt } = job
  const task = taskName(job.task, language)
  return (
    <li className="connection-line">
      <div className="connection-facts">
        <span className="connection-name">
          <Tag>{t(state)}</Tag>
          <b>{task}</b>
          <span className="muted num">
            {t('tries', { n: tries, most: mostTries })} · {t('runAt', { at: momentText(String(runAt), language) })}
          </span>
        </span>
        {problem && <pre className="delivery-answer connection-bad">{problem}</pre>}
      </div>
      {state !== 'running' && (
        <div className="connection-acts">
          <Button
            size="small"
            loading={retry.isPending}
            aria-label={t('retryFor', { task })}
            onClick={() => retry.mutate()}
          >
            {t('retry')}
          </Button>
          <Button
            size="small"
            loading={cancel.isPending}
            aria-label={t('cancelFor', { task })}
            onClick={() => cancel.mutate()}
          >
            {t('cancel')}
          </Button>
        </div>
      )}
    </li>
  )
}

function ParkedEvents() {
  const t = useWords(connectionWords)
  const language = useLanguage()
  const { message } = App.useApp()
  const client = useQueryClient()
  const parked = useQuery({
    queryKey: ['parked-events'],
    queryFn: ({ signal }) => call(parkedEventsRoute, { signal }),
  })
  const retry = useMutation({
    mutationFn: (id: string) => call(retryEventRoute, { params: { id } }),
    onSuccess: () => void message.success(t('done')),
    onError: (problem) => void message.error(problemText(problem)),
    onSettled: () => client.invalidateQueries({ queryKey: ['parked-events'] }),
  })
  if (parked.isPending) return <LoadingState rows={3} />
  if (parked.isError) return <ErrorState problem={parked.error} onRetry={() => void parked.refetch()} />
  return (
    <Panel title={t('parked')}>
      {parked.data.events.length === 0 ? (
        <p className="muted">{t('parkedNone')}</p>
      ) : (
        <ul className="connection-lines">
          {parked.data.events.map(({ id, name, parkedAt, tries, problem }) => (
            <li key={id} className="connection-line">
              <div className="connection-facts">
                <span className="connection-name">
                  <b>{name}</b>
                  <span className="muted num">
                    {t('parkedAt', { at: momentText(String(parkedAt), language), n: tries })}
                  </span>
                </span>
                <pre className="delivery-answer connection-bad">{problem}</pre>
              </div>
              <div className="connection-acts">
                <Button
                  size="small"
                  loading={retry.isPending && retry.variables === id}
                  aria-label={t('retryFor', { task: name })}
                  onClick={() => retry.mutate(id)}
                >
                  {t('retry')}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
