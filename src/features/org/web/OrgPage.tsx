import { Suspense, useCallback, useMemo, useState, type ReactNode } from 'react'
import { Alert, Button, Dropdown, Input, Modal, Segmented } from 'antd'
import { DownloadOutlined, ImportOutlined, UserAddOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { ListPage } from '#web/kit/PageShape.tsx'
import { EmptyState, ErrorState, LoadingState } from '#web/kit/PageStates.tsx'
import { dayText } from '#web/kit/date-text.ts'
import { lazyPart } from '#web/kit/lazy-part.ts'
import { kitWords } from '#web/kit/words.ts'
import { useMay, useMe } from '#web/session/me.ts'
import { useAddress, useChangeAddress } from '#web/shell/address.ts'
import type { Label } from '#base/label.ts'
import { PageLink } from '#web/shell/PageLink.tsx'
import { useLabel, useLanguage, useWords } from '#web/words/use-words.ts'
import { exportOrgRoute, type PersonReply } from '../contract.ts'
import { allUnits, narrowTo, type OrgRow, type UnitRow } from '../org-tree.ts'
import { AddPersonDialog } from './AddPersonDialog.tsx'
import { AssignForm } from './AssignForm.tsx'
import { OrgTable, type UnitAction } from './OrgTable.tsx'
import { PersonDrawer } from './PersonDrawer.tsx'
import { DayInput } from './Pickers.tsx'
import { RecreditNotice } from './RecreditNotice.tsx'
import { StructureChoice } from './StructureChoice.tsx'
import { StructuresDialog } from './StructuresDialog.tsx'
import { Unassigned } from './Unassigned.tsx'
import { CloseUnitDialog, EditUnitDialog, NewUnitDialog, PlaceUnitDialog } from './UnitForms.tsx'
import { structureWords } from './structure-words.ts'
import { orgWords } from './org-words.ts'
import { useOrg } from './use-org.ts'
import './org.css'

const OrgChart = lazyPart(() => import('./OrgChart.tsx'), 'OrgChart')

/** What is open over the tree. */
type Opened =
  | { readonly kind: UnitAction; readonly row: UnitRow; readonly target?: string }
  | { readonly kind: 'assign'; readonly personId: string; readonly name: string; readonly unitId: string }

interface OrgPageProps {
  /** How a person signs in, shown beside what else is known of them. */
  readonly access: (person: PersonReply) => ReactNode
}

/** Units and people as of a day, as a tree or a chart. */
export function OrgPage({ access }: OrgPageProps) {
  const t = useWords(orgWords)
  const language = useLanguage()
  const { today } = useMe()
  const [day, setDay] = useState(today)
  const [view, setView] = useState<'tree' | 'chart'>('tree')
  // Other pages lead to a unit by its name and to a person by their id.
  const { find = '', person: personId, structure } = useAddress()
  const changeAddress = useChangeAddress()
  const [text, setText] = useState(find)
  const [opened, setOpened] = useState<Opened>()
  const setPersonId = useCallback((person?: string) => changeAddress({ person }, { isQuiet: true }), [changeAddress])
  const { query, rows, units, unassigned } = useOrg(day, structure)
  const shown = useMemo(() => narrowTo(rows, text), [rows, text])
  const { open, toggle, setAll } = useOpenRows(shown, text !== '')
  const closeDialog = useCallback(() => setOpened(undefined), [])
  const editUnit = useCallback((row: UnitRow) => setOpened({ kind: 'edit', row }), [])
  const mayChange = useMay('org.change')
  const people = rows.reduce((sum, row) => sum + row.headcount, 0)

  const drop = useCallback((dragged: OrgRow, target: UnitRow) => {
    if (dragged.kind === 'unit') setOpened({ kind: 'move', row: dragged, target: target.key })
    else setOpened({ kind: 'assign', personId: dragged.person.id, name: dragged.person.name, unitId: target.key })
  }, [])

  return (
    <ListPage
      title={t('title')}
      note={query.data && t('counts', { units: units.length, people })}
      actions={
        <PageActions
          day={day}
          structure={structure}
          onAdd={() => rows[0] && setOpened({ kind: 'add-person', row: rows[0] })}
        />
      }
      bar={
        <div className="org-bar">
          <Segmented<'tree' | 'chart'>
            aria-label={t('view')}
            value={view}
            onChange={setView}
            options={(['tree', 'chart'] as const).map((value) => ({ value, label: t(value) }))}
          />
          <StructureChoice />
          <Input.Search
            allowClear
            value={text}
            placeholder={t('search')}
            aria-label={t('search')}
            onChange={(event) => setText(event.target.value)}
            className="org-search"
          />
          <span className="org-as-of">
            <span className="muted">{t('asOf')}</span>
            <DayInput
              value={day}
              allowClear={false}
              aria-label={t('asOf')}
              onChange={(chosen) => setDay(chosen ?? today)}
            />
          </span>
          <Button type="text" onClick={() => setAll(open.size === 0)}>
            {t(open.size === 0 ? 'expandAll' : 'collapseAll')}
          </Button>
        </div>
      }
    >
      <RecreditNotice />
      <ReachNote structure={query.data?.structures.find((one) => one.key === structure)} />
      {day !== today && (
        <Alert
          type="info"
          banner
          title={t('notToday', { day: dayText(day, language, today) })}
          action={
            <Button size="small" onClick={() => setDay(today)}>
              {t('backToday')}
            </Button>
          }
        />
      )}
      {query.isPending && <LoadingState rows={10} />}
      {query.isError && <ErrorState problem={query.error} onRetry={() => void query.refetch()} />}
      {query.data && shown.length === 0 && <EmptyState title={t('nothingFound', { text })} />}
      {shown.length > 0 && (
        <div className="org-body">
          {view === 'tree' ? (
            <OrgTable
              rows={shown}
              open={open}
              onToggle={toggle}
              onUnit={(row, kind) => setOpened({ kind, row })}
              onPerson={setPersonId}
              onDrop={drop}
            />
          ) : (
            <Suspense fallback={<LoadingState rows={8} />}>
              <OrgChart rows={shown} open={open} onToggle={toggle} onChoose={editUnit} />
            </Suspense>
          )}
          {view === 'tree' && units.length === 1 && mayChange && (
            <FirstSteps onAdd={() => rows[0] && setOpened({ kind: 'add-unit', row: rows[0] })} />
          )}
          {view === 'tree' && <Unassigned people={unassigned} text={text} onPerson={setPersonId} />}
        </div>
      )}
      <Dialogs opened={opened} rows={rows} units={units} day={day} mayChange={mayChange} onClose={closeDialog} />
      <PersonDrawer id={personId} rows={rows} units={units} day={day} access={access} onClose={() => setPersonId()} />
    </ListPage>
  )
}

/** Which rows are open: the first two tiers, until somebody says otherwise; all of them while searching. */
function useOpenRows(rows: readonly UnitRow[], isSearching: boolean) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>()
  const open = useMemo((): ReadonlySet<string> => {
    if (isSearching) return new Set(allUnits(rows).map((row) => row.key))
    return chosen ?? new Set(rows.map((row) => row.key))
  }, [rows, isSearching, chosen])
  const toggle = useCallback(
    (key: string, isOpen: boolean) =>
      setChosen(new Set(isOpen ? [...open, key] : [...open].filter((one) => one !== key))),
    [open],
  )
  const setAll = useCallback(
    (isOpen: boolean) => setChosen(new Set(isOpen ? allUnits(rows).map((row) => row.key) : [])),
    [rows],
  )
  return { open, toggle, setAll }
}

interface ShownStructure {
  readonly name: Label
  readonly isDefault: boolean
}

/** What looking by another structure does not change. */
function ReachNote({ structure }: { readonly structure: ShownStructure | undefined }) {
  const t = useWords(structureWords)
  const label = useLabel()
  if (!structure || structure.isDefault) return null
  return <Alert type="info" banner title={t('reachNote', { name: label(structure.name) })} />
}

interface PageActionsProps {
  readonly day: string
  readonly structure: string | undefined
  readonly onAdd: () => void
}

function PageActions({ day, structure, onAdd }: PageActionsProps) {
  const t = useWords(orgWords)
  const navigate = useNavigate()
  const [mayPeople, mayChange, mayExport] = [useMay('org.people'), useMay('org.change'), useMay('org.export')]
  const mayPrepare = useMay('reorganisation.prepare')
  const s = useWords(structureWords)
  const [isManaging, setManaging] = useState(false)
  const by = structure ? `&structure=${structure}` : ''
  const address = (format: string) => `${exportOrgRoute.path}?on=${day}&format=${format}${by}`
  return (
    <>
      {mayExport && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: ['xlsx', 'csv'].map((format) => ({
              key: format,
              label: (
                <a href={address(format)} download>
                  {format.toUpperCase()}
                </a>
              ),
            })),
          }}
        >
          <Button icon={<DownloadOutlined />}>{t('export')}</Button>
        </Dropdown>
      )}
      {mayPrepare && (
        <>
          <PageLink to="/org/reorganisations">{t('reorganisations')}</PageLink>
          <PageLink to="/org/health">{t('health')}</PageLink>
        </>
      )}
      {mayChange && <Button onClick={() => setManaging(true)}>{s('manage')}</Button>}
      {isManaging && <StructuresDialog onClose={() => setManaging(false)} />}
      {mayChange && (
        <Button
          icon={<ImportOutlined />}
          onClick={() => void navigate({ to: '/import', search: { object: 'org' } } as never)}
        >
          {t('import')}
        </Button>
      )}
      {mayPeople && (
        <Button type="primary" icon={<UserAddOutlined />} onClick={onAdd}>
          {t('addPerson')}
        </Button>
      )}
    </>
  )
}

function FirstSteps({ onAdd }: { readonly onAdd: () => void }) {
  const t = useWords(orgWords)
  return (
    <EmptyState
      title={t('emptyTitle')}
      text={t('emptyText')}
      action={
        <Button type="primary" onClick={onAdd}>
          {t('addUnit')}
        </Button>
      }
    />
  )
}

interface DialogsProps {
  readonly opened: Opened | undefined
  readonly rows: readonly UnitRow[]
  readonly units: Parameters<typeof EditUnitDialog>[0]['units']
  readonly day: string
  readonly mayChange: boolean
  readonly onClose: () => void
}

function Dialogs({ opened, rows, units, day, mayChange, onClose }: DialogsProps) {
  const t = useWords(orgWords)
  const k = useWords(kitWords)
  if (!opened) return null
  switch (opened.kind) {
    case 'assign':
      return (
        <Modal
          open
          title={`${t('reassign')} · ${opened.name}`}
          footer={null}
          cancelText={k('cancel')}
          onCancel={onClose}
        >
          <AssignForm personId={opened.personId} unitId={opened.unitId} rows={rows} day={day} onDone={onClose} />
        </Modal>
      )
    case 'add-person':
      return <AddPersonDialog rows={rows} unitId={opened.row.key} onClose={onClose} />
    case 'add-unit':
      return <NewUnitDialog row={opened.row} units={units} onClose={onClose} />
    case 'edit':
      return mayChange ? <EditUnitDialog row={opened.row} units={units} onClose={onClose} /> : null
    case 'move':
    case 'merge':
      return (
        <PlaceUnitDialog
          kind={opened.kind}
          row={opened.row}
          rows={rows}
          day={day}
          target={opened.target}
          onClose={onClose}
        />
      )
    case 'close':
      return <CloseUnitDialog row={opened.row} day={day} onClose={onClose} />
  }
}
