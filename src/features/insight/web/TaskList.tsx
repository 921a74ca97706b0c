import { Suspense, useState } from 'react'
import { App, Button } from 'antd'
import { all, type Condition } from '#engine/query/filter.ts'
import {
  asFarAsKnown,
  RecordForm,
  textOf,
  useChangeRecord,
  useObject,
  useRecordQuery,
  type RecordRow,
} from '#features/objects/web/index.tsx'
import { daysBetween, nearDayText } from '#web/kit/date-text.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { Panel } from '#web/kit/Panel.tsx'
import { problemText } from '#web/kit/problem-text.ts'
import { useUndo } from '#web/kit/use-undo.tsx'
import { useMe } from '#web/session/me.ts'
import { useOpenRecord } from '#web/shell/open-record.ts'
import { useLanguage, useWords } from '#web/words/use-words.ts'
import { sortTasks } from './sort-tasks.ts'
import { dayWords } from './words.ts'

const openMine: readonly Condition[] = [
  { field: 'status', op: 'eq', value: 'open' },
  { field: 'ownerId', op: 'eq', value: { me: true } },
]

const groupsShown = ['overdue', 'today', 'later', 'someday'] as const

/** Own tasks by when they are due; one tap completes one, and can be taken back. */
export function TaskList() {
  const t = useWords(dayWords)
  const { today } = useMe()
  const object = useObject('task')
  const tasks = useRecordQuery(
    'task',
    { filter: all(...asFarAsKnown(object, openMine)), sort: asFarAsKnown(object, [{ field: 'dueOn' }]), limit: 40 },
    object !== undefined,
  )
  const [isNew, setNew] = useState(false)
  const groups = sortTasks(tasks.data?.rows ?? [], (row) => textOf(row, 'dueOn'), today)
  if (!object) return null
  return (
    <Panel
      title={t('tasks')}
      className="day-tasks"
      extra={
        object.can.create && (
          <Button size="small" onClick={() => setNew(true)}>
            {t('newTask')}
          </Button>
        )
      }
    >
      {tasks.isPending && <LoadingState rows={3} />}
      {tasks.isError && <ErrorState problem={tasks.error} onRetry={() => void tasks.refetch()} />}
      {tasks.data?.rows.length === 0 && (
        <p className="day-none">
          <b>{t('noTasks')}</b>
          <span className="muted">{t('noTasksText')}</span>
        </p>
      )}
      {groupsShown.map((group) =>
        groups[group].length === 0 ? null : (
          <section key={group} aria-label={t(group)}>
            <h3 className="day-group" data-group={group}>
              {t(group)} <span className="num">{groups[group].length}</span>
            </h3>
            <ul className="day-list">
              {groups[group].map((task) => (
                <TaskRow key={task.id} task={task} isLate={group === 'overdue'} />
              ))}
            </ul>
          </section>
        ),
      )}
      {isNew && (
        <Suspense fallback={null}>
          <RecordForm
            object={object}
            first={{ dueOn: today, status: 'open', priority: 'normal' }}
            onClose={() => setNew(false)}
          />
        </Suspense>
      )}
    </Panel>
  )
}

function TaskRow({ task, isLate }: { readonly task: RecordRow; readonly isLate: boolean }) {
  const t = useWords(dayWords)
  const language = useLanguage()
  const { today } = useMe()
  const { message } = App.useApp()
  const open = useOpenRecord()
  const undo = useUndo()
  const change = useChangeRecord()
  const [isDone, setDone] = useState(false)
  const name = textOf(task, 'subject')
  const due = textOf(task, 'dueOn')
  const complete = async () => {
    setDone(true)
    try {
      await change.mutateAsync({ object: 'task', id: task.id, values: { status: 'done' } })
      undo(
        t('completed', { name }),
        async () => void (await change.mutateAsync({ object: 'task', id: task.id, values: { status: 'open' } })),
      )
    } catch (problem) {
      setDone(false)
      void message.error(problemText(problem))
    }
  }
  return (
    <li className="day-row" data-done={isDone}>
      <button
        type="button"
        className="task-check"
        aria-label={t('complete', { name })}
        onClick={() => void complete()}
        disabled={isDone}
      >
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden>
          <path
            d="M2.5 7.5 6 11l5.5-7.5"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
      </button>
      <button type="button" className="plain-button day-row-body" onClick={() => open('task', task.id)}>
        <span className="day-row-title">
          {textOf(task, 'priority') === 'high' && (
            <span className="day-high" title={t('high')}>
              !<span className="visually-hidden">{t('high')}</span>
            </span>
          )}
          {name}
        </span>
        <span className="muted day-row-note">
          {[task.names['account'], task.names['opportunity']].filter(Boolean).join(' · ')}
        </span>
      </button>
      <span className={`day-row-due num ${isLate ? 'day-late' : 'muted'}`}>
        {isLate
          ? `▼ ${t('late', { n: daysBetween(due, today) })}`
          : due > today
            ? nearDayText(due, language, today)
            : ''}
      </span>
    </li>
  )
}
