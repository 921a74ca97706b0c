import { ArrowLeftOutlined } from '@ant-design/icons'
import { Button, Drawer, Segmented, Tag } from 'antd'
import { useState } from 'react'
import { momentText } from '#web/kit/date-text.ts'
import { MoreButton } from '#web/kit/MoreButton.tsx'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { kitWords } from '#web/kit/words.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { Revision } from '../../contract.ts'
import { readRowId } from '../../levels.ts'
import { AmendmentList } from './AmendmentList.tsx'
import { ChangeLog } from './ChangeLog.tsx'
import { DifferenceTable } from './DifferenceTable.tsx'
import { useRevision, useRevisions, type OpenPlan } from './use-plan.ts'
import { planWords } from './words.ts'

interface RevisionDrawerProps {
  readonly open: OpenPlan
  readonly onClose: () => void
}

type View = 'revisions' | 'cells' | 'amendments'

/** Who changed the plan, when and why; each revision opens to its cells before and after. */
export function RevisionDrawer({ open, onClose }: RevisionDrawerProps) {
  const t = useWords(planWords)
  const k = useWords(kitWords)
  const [version, setVersion] = useState<number>()
  const [view, setView] = useState<View>('revisions')
  return (
    <Drawer
      open
      title={t('history')}
      size={view === 'cells' ? 960 : 720}
      onClose={onClose}
      closable={{ 'aria-label': k('close') }}
    >
      <Segmented<View>
        value={view}
        options={[
          { value: 'revisions', label: t('byRevision') },
          { value: 'cells', label: t('changeLog') },
          { value: 'amendments', label: t('amendments') },
        ]}
        onChange={setView}
      />
      {view === 'cells' ? (
        <ChangeLog open={open} />
      ) : view === 'amendments' ? (
        <AmendmentList plan={open.plan} />
      ) : version === undefined ? (
        <RevisionList planId={open.plan.id} onOpen={setVersion} />
      ) : (
        <>
          <Button type="text" icon={<ArrowLeftOutlined />} onClick={() => setVersion(undefined)}>
            {t('back')}
          </Button>
          <RevisionDetail open={open} version={version} />
        </>
      )}
    </Drawer>
  )
}

const kinds = {
  created: 'revisionCreated',
  changed: 'revisionChanged',
  refreshed: 'revisionRefreshed',
  published: 'revisionPublished',
  submitted: 'revisionSubmitted',
  withdrawn: 'revisionWithdrawn',
  'sent-back': 'revisionSentBack',
  approved: 'revisionApproved',
  reopened: 'revisionReopened',
  locked: 'revisionLocked',
  amended: 'revisionAmended',
  'taken-over': 'revisionTakenOver',
} as const

function RevisionList({ planId, onOpen }: { readonly planId: string; readonly onOpen: (version: number) => void }) {
  const t = useWords(planWords)
  const revisions = useRevisions(planId)
  if (revisions.error) return <ErrorState problem={revisions.error} onRetry={() => void revisions.refetch()} />
  if (!revisions.data) return <LoadingState />
  return (
    <>
      <ol className="plan-revisions">
        {revisions.data.map((revision) => (
          <li key={revision.version}>
            <button
              type="button"
              className="plain-button plan-revision"
              disabled={revision.rows === 0}
              onClick={() => onOpen(revision.version)}
            >
              <RevisionLine revision={revision} />
            </button>
            {(revision.reason ?? (revision.rows > 0 || revision.isHidden)) && (
              <p className={revision.reason ? '' : 'muted'}>
                {revision.reason ?? t(revision.isHidden ? 'notTold' : 'noReason')}
              </p>
            )}
          </li>
        ))}
      </ol>
      <MoreButton pages={revisions} />
    </>
  )
}

function RevisionLine({ revision }: { readonly revision: Revision }) {
  const t = useWords(planWords)
  const language = useLanguage()
  return (
    <>
      <strong>{t('version', { n: revision.version })}</strong>
      <Tag>{t(kinds[revision.kind])}</Tag>
      <span>{revision.by?.name ?? t('bySystem')}</span>
      <span className="muted">{momentText(revision.at, language)}</span>
      {revision.rows > 0 && <span className="muted">{t('revisionRows', { n: revision.rows })}</span>}
    </>
  )
}

function RevisionDetail({ open, version }: { readonly open: OpenPlan; readonly version: number }) {
  const t = useWords(planWords)
  const label = useLabel()
  const revision = useRevision(open.plan.id, version)
  if (revision.error) return <ErrorState problem={revision.error} onRetry={() => void revision.refetch()} />
  if (!revision.data) return <LoadingState />
  const nameOf = ({ node, name }: { readonly node: string; readonly name: string }) => {
    const { level } = readRowId(node)
    return level === 'target' ? name : `${name} · ${t(level)}`
  }
  const lines = revision.data.rows.flatMap((row) => {
    const cells = row.before.flatMap((before, month) => {
      const after = row.after[month] ?? before
      const named = open.months[month]
      return before === after
        ? []
        : [{ key: `${row.node}:${month}`, name: nameOf(row), month: named ? label(named.label) : '', before, after }]
    })
    return cells
  })
  const relocked = revision.data.rows.filter((row) => row.lockedAfter !== null).map((row) => row.name)
  return (
    <>
      <p>{revision.data.revision.reason ?? t(revision.data.revision.isHidden ? 'notTold' : 'noReason')}</p>
      {relocked.length > 0 && (
        <p className="muted">
          {t('lockChange')}: {relocked.join('、')}
        </p>
      )}
      {lines.length > 0 && <DifferenceTable measure={open.plan.measure} lines={lines} />}
    </>
  )
}
