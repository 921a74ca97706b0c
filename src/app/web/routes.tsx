import {
  createRootRoute,
  createRoute,
  createRouter,
  Navigate,
  Outlet,
  retainSearchParams,
} from '@tanstack/react-router'
import { AccessPage } from '#features/access/web/index.tsx'
import { attainmentInCockpit } from '#features/attainment/web/index.tsx'
import { AgreementsPage } from '#features/agreements/web/index.tsx'
import { AuditPage } from '#features/audit/web/index.tsx'
import { ForecastPage } from '#features/forecast/web/index.tsx'
import { FunnelPage, HeatPage, MyDay, MyTargetPage, PeoplePage, WallPage } from '#features/insight/web/index.tsx'
import { DuplicatesPage, MergePage } from '#features/duplicates/web/index.tsx'
import { BinPage, ImportPage, RecordShowPage } from '#features/objects/web/index.tsx'
import { FiscalCalendarPage, OrgPage, SetupPage } from '#features/org/web/index.tsx'
import { CalendarPanel } from '#features/calendar/web/index.tsx'
import { KeysPage } from '#features/keys/web/index.tsx'
import { ConnectionsPage, JobsPage, NoticesPage } from '#features/notices/web/index.tsx'
import { MarketPage } from '#features/market/web/index.tsx'
import { MetricPage, MetricsPage } from '#features/metrics/web/index.tsx'
import { OutlookPage, SmartCheck, StatedLanding } from '#features/outlook/web/index.tsx'
import { ObjectivesPage } from '#features/objectives/web/index.tsx'
import { PipelineBoard } from '#features/pipeline/web/index.tsx'
import { RatesPage } from '#features/rates/web/index.tsx'
import {
  AccessPanel,
  BackPage,
  ForgottenPage,
  LinkPage,
  SecurityPage,
  SignInPage,
  SignInSettingsPage,
} from '#features/sign-in/web/index.tsx'
import { FieldOfColumn, ShapePage } from '#features/shaping/web/index.tsx'
import { HealthPage, ReorganisationsPage } from '#features/reorganisation/web/index.tsx'
import { SystemPage } from '#features/system/web/index.tsx'
import { Cockpit, PlanPage } from '#features/targets/web/index.tsx'
import { RecordListPage } from '#features/views/web/index.tsx'
import { WorkplaceBackPage, WorkplaceButtons, WorkplacePage } from '#features/workplace/web/index.tsx'
import { EmptyState } from '#web/kit/PageStates.tsx'
import { PartBoundary } from '#web/kit/PartBoundary.tsx'
import { useLeads, useMay } from '#web/session/me.ts'
import { followed, readAddress, writeAddress } from '#web/shell/address.ts'
import { MePage } from '#web/shell/MePage.tsx'
import { PageLink } from '#web/shell/PageLink.tsx'
import { shellWords } from '#web/shell/words.ts'
import { kitWords } from '#web/kit/words.ts'
import { useWords } from '#web/words/use-words.ts'
import { Frame } from './Frame.tsx'
import { useNavigation } from './navigation.tsx'

type Search = Readonly<Record<string, string | undefined>>

const root = createRootRoute({
  component: () => (
    <PartBoundary>
      <Outlet />
    </PartBoundary>
  ),
  notFoundComponent: NoPage,
  validateSearch: (search: Record<string, unknown>): Search => search as Search,
  search: { middlewares: [retainSearchParams([...followed])] },
})

function NoPage() {
  const t = useWords(shellWords)
  const k = useWords(kitWords)
  return <EmptyState title={t('notFound')} action={<PageLink to="/">{k('home')}</PageLink>} />
}

function SignIn() {
  return <SignInPage others={<WorkplaceButtons />} />
}

/** Representatives begin with their day, the others with the targets. */
function Home() {
  const leads = useLeads()
  const mayPlan = useMay('plan.read')
  return <Navigate to={leads && mayPlan ? '/targets' : '/today'} replace />
}

function Mine() {
  const { others } = useNavigation()
  return (
    <MePage others={others}>
      <CalendarPanel />
    </MePage>
  )
}

const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame })

function page<const Path extends string>(path: Path, component: () => React.ReactNode) {
  return createRoute({ getParentRoute: () => frame, path, component })
}

const list = createRoute({
  getParentRoute: () => frame,
  path: '/records/$object',
  component: function List() {
    const { object } = list.useParams()
    return <RecordListPage key={object} object={object} {...(object === 'opportunity' ? { board: '/pipeline' } : {})} />
  },
})

const show = createRoute({
  getParentRoute: () => frame,
  path: '/records/$object/$id',
  component: function Show() {
    const { object, id } = show.useParams()
    return <RecordShowPage key={id} object={object} id={id} />
  },
})

const tree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/sign-in', component: SignIn }),
  createRoute({ getParentRoute: () => root, path: '/sign-in/back', component: BackPage }),
  createRoute({ getParentRoute: () => root, path: '/sign-in/workplace', component: WorkplaceBackPage }),
  createRoute({ getParentRoute: () => root, path: '/invitation', component: LinkPage }),
  createRoute({ getParentRoute: () => root, path: '/forgotten', component: ForgottenPage }),
  createRoute({ getParentRoute: () => root, path: '/setup', component: SetupPage }),
  frame.addChildren([
    page('/', Home),
    page('/today', () => <MyDay />),
    page('/targets', () => <Cockpit extension={attainmentInCockpit} />),
    page('/targets/plans', () => (
      <PlanPage
        check={(plan, node) => <SmartCheck planId={plan.id} metric={plan.metric} unit={plan.measure} node={node} />}
      />
    )),
    page('/targets/outlook', () => <OutlookPage />),
    page('/forecast', () => <ForecastPage beside={(asked) => <StatedLanding {...asked} />} />),
    page('/targets/own', () => <Navigate to="/targets/mine" search={(before: Search) => before} replace />),
    page('/targets/agreements', () => <AgreementsPage />),
    page('/targets/objectives', () => <ObjectivesPage />),
    page('/targets/mine', () => <MyTargetPage />),
    page('/targets/heat', () => <HeatPage />),
    page('/targets/people', () => <PeoplePage />),
    page('/targets/funnel', () => <FunnelPage />),
    page('/targets/wall', () => <WallPage />),
    page('/pipeline', () => <PipelineBoard />),
    page('/org', () => <OrgPage access={(person) => <AccessPanel person={person} />} />),
    page('/org/reorganisations', () => <ReorganisationsPage />),
    page('/org/health', () => <HealthPage />),
    page('/import', () => <ImportPage fieldMaker={(column) => <FieldOfColumn {...column} />} />),
    page('/bin', () => <BinPage />),
    page('/rates', () => <RatesPage />),
    page('/fiscal-calendar', () => <FiscalCalendarPage />),
    page('/shape', () => <ShapePage />),
    page('/own-metrics', () => <MetricsPage />),
    page('/metric', () => <MetricPage />),
    page('/market', () => <MarketPage />),
    page('/access', () => <AccessPage />),
    page('/system', () => <SystemPage />),
    page('/audit', () => <AuditPage />),
    page('/keys', () => <KeysPage />),
    page('/notices', () => <NoticesPage />),
    page('/connections', () => <ConnectionsPage />),
    page('/jobs', () => <JobsPage />),
    page('/duplicates', () => <DuplicatesPage />),
    page('/merge', () => <MergePage />),
    page('/me', Mine),
    page('/security', () => <SecurityPage />),
    page('/sign-in-settings', () => <SignInSettingsPage />),
    page('/workplace', () => <WorkplacePage />),
    list,
    show,
  ]),
])

/** All addresses of the product. */
export const router = createRouter({
  routeTree: tree,
  parseSearch: readAddress,
  stringifySearch: writeAddress,
  defaultPreload: false,
  scrollRestoration: true,
})
