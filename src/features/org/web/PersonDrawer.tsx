import { Suspense, useState, type ReactNode } from 'react'
import { Button, Collapse, Drawer } from 'antd'
import { EyeOutlined, StarFilled } from '@ant-design/icons'
import { viewAs } from '#engine/contract/view-as.ts'
import { ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { useIsPhone } from '#web/kit/use-is-phone.ts'
import { dayText } from '#web/kit/date-text.ts'
import { useMay, useMe, useRoles } from '#web/session/me.ts'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import type { PersonReply, TreeUnit } from '../contract.ts'
import type { UnitRow } from '../org-tree.ts'
import { AssignForm } from './AssignForm.tsx'
import { EndAssignmentDialog } from './EndAssignmentDialog.tsx'
import { HandOverPanel } from './HandOverPanel.tsx'
import { personParts } from './person-parts.ts'
import { PersonForm } from './PersonForm.tsx'
import { ViewAsDialog } from './ViewAsDialog.tsx'
import { orgWords } from './org-words.ts'
import { usePerson } from './use-org.ts'

interface PersonDrawerProps {
  readonly id: string | undefined
  readonly rows: readonly UnitRow[]
  readonly units: readonly TreeUnit[]
  readonly day: string
  /** How the person signs in, for whoever looks after access. */
  readonly access: (person: PersonReply) => ReactNode
  readonly onClose: () => void
}

/** A person beside the tree: details, where they stood when, and what may be changed. */
export function PersonDrawer({ id, onClose, ...org }: PersonDrawerProps) {
  const person = usePerson(id)
  const isPhone = useIsPhone()
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      size={isPhone ? '100%' : 520}
      title={person.data?.name ?? ' '}
      destroyOnHidden
    >
      {person.isPending && <LoadingState rows={8} />}
      {person.isError && <ErrorState problem={person.error} onRetry={() => void person.refetch()} />}
      {person.data && <PersonView key={person.data.id} person={person.data} {...org} />}
    </Drawer>
  )
}

function PersonView({
  person,
  rows,
  units,
  day,
  access,
}: { readonly person: PersonReply } & Omit<PersonDrawerProps, 'id' | 'onClose'>) {
  const t = useWords(orgWords)
  const label = useLabel()
  const { permissions } = useMe()
  const { nameOf } = useRoles()
  const [mayPeople, mayAccess, mayHandOver] = [useMay('org.people'), useMay('org.access'), useMay('org.hand_over')]
  const me = useMe()
  const mayViewAs = useMay(viewAs.key) && person.isActive && person.id !== me.person.id
  const [isViewing, setViewing] = useState(false)
  const sections = [
    ...(mayPeople ? [{ key: 'details', label: t('edit'), children: <PersonForm person={person} /> }] : []),
    ...(mayPeople
      ? [{ key: 'assign', label: t('reassign'), children: <AssignForm personId={person.id} rows={rows} day={day} /> }]
      : []),
    ...(mayAccess ? [{ key: 'access', label: t('access'), children: access(person) }] : []),
    ...(mayHandOver
      ? [{ key: 'handover', label: t('handOver'), children: <HandOverPanel personId={person.id} units={units} /> }]
      : []),
    ...personParts()
      .filter(({ permission }) => permissions.includes(permission))
      .map(({ key, label: name, Content }) => ({
        key,
        label: label(name),
        children: (
          <Suspense fallback={<LoadingState rows={2} />}>
            <Content personId={person.id} />
          </Suspense>
        ),
      })),
  ]
  return (
    <div className="org-person">
      <div className="org-tags">
        <span className="org-mark">{nameOf(person.role)}</span>
        {!person.isActive && <span className="org-mark">{t('inactive')}</span>}
        {person.heads.map((unit) => (
          <span key={unit.id} className="org-mark">
            <StarFilled aria-hidden /> {t('heads')} {unit.name}
          </span>
        ))}
      </div>
      {mayViewAs && (
        <div>
          <Button icon={<EyeOutlined />} onClick={() => setViewing(true)}>
            {t('viewAs')}
          </Button>
        </div>
      )}
      <dl className="org-facts">
        <Fact name={t('email')} value={person.email} />
        <Fact name={t('phone')} value={person.phone} />
        <Fact name={t('employeeNo')} value={person.employeeNo} />
      </dl>
      <h2>{t('history')}</h2>
      <History person={person} mayEnd={mayPeople} />
      {sections.length > 0 && <Collapse items={sections} className="org-sections" destroyOnHidden />}
      {isViewing && <ViewAsDialog person={person} onClose={() => setViewing(false)} />}
    </div>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string | null }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value ?? '—'}</dd>
    </div>
  )
}

function History({ person, mayEnd }: { readonly person: PersonReply; readonly mayEnd: boolean }) {
  const t = useWords(orgWords)
  const label = useLabel()
  const language = useLanguage()
  const { today } = useMe()
  const dayOf = (day: string) => dayText(day, language, today)
  const [ending, setEnding] = useState<PersonReply['assignments'][number]>()
  if (person.assignments.length === 0) return <p className="muted">{t('noHistory')}</p>
  return (
    <>
      <ol className="org-history">
        {person.assignments.toReversed().map((one) => (
          <li key={one.id} data-current={one.to === null}>
            <div className="org-history-line">
              <b>{one.unitName}</b>
              {one.structure && <span className="muted">{label(one.structure)}</span>}
              {one.position && <span>{one.position}</span>}
              <span className="org-mark">{one.isMain ? t('main') : t('side')}</span>
              {one.share !== '100' && <span className="num">{one.share}%</span>}
              {mayEnd && one.to === null && (
                <Button size="small" type="link" onClick={() => setEnding(one)}>
                  {t('end')}
                </Button>
              )}
            </div>
            <span className="muted num">
              {one.from ? dayOf(one.from) : t('always')} – {one.to ? dayOf(one.to) : t('now')}
            </span>
          </li>
        ))}
      </ol>
      {ending && <EndAssignmentDialog assignment={ending} onClose={() => setEnding(undefined)} />}
    </>
  )
}
