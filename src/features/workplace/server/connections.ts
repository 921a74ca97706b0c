import type { z } from 'zod'
import type { FieldFault } from '#base/errors.ts'
import type { Label } from '#base/label.ts'
import { workplaceBrands, type WorkplaceBrand } from '#engine/contract/workplace.ts'
import { roleOf } from '#engine/policy/company-role.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step, type Tx } from '#platform/db/step.ts'
import { faultOfAddress } from '#platform/outside/post.ts'
import { openSecret, sealSecret } from '#platform/secrets/seal-secret.ts'
import type { WorkplaceApp } from '#platform/workplace/index.ts'
import { orgToday, refuseRoleWithoutAccess } from '#features/org/server/index.ts'
import { backPath, type Connection, type workplaceRoutes } from '../contract.ts'
import { workplaceErrors } from '../errors.ts'
import {
  allConnections,
  connectionOf,
  cutConnection,
  insertConnection,
  lastConnection,
  saveConnection,
  type Kept,
  type KeptConnection,
} from './connection-store.ts'
import { dropLinks, dropUnitLink } from './link-store.ts'
import { wordsOf } from './problems.ts'
import { endOpenRuns } from './run-store.ts'

type Wish = z.output<NonNullable<(typeof workplaceRoutes)['save']['body']>>

/** Every brand, connected or not. `address`: under which the caller's browser reaches us. */
export async function listConnections(ctx: Ctx, address: string): Promise<{ connections: Connection[] }> {
  const kept = await inView(ctx, (tx) => allConnections(tx, ctx))
  return { connections: workplaceBrands.map((brand) => viewOf(brand, kept, address)) }
}

/** Keeps a connection; what is kept may be wrong there, which a test or the next run finds out. */
export async function saveConnectionOf(
  ctx: Ctx,
  brand: WorkplaceBrand,
  wish: Wish,
  address: string,
): Promise<Connection> {
  return inStep(
    ctx,
    async (step) => {
      const before = await lastConnection(step.tx, ctx, brand)
      await refuseFaults(step.tx, ctx, { brand, wish, before })
      const { version, secret, ...rest } = wish
      const sealedSecret = secret === undefined ? (before?.sealedSecret ?? null) : sealSecret('workplace', secret)
      const after: Kept = { ...rest, brand, sealedSecret }
      const isSaved = before ? await saveConnection(step, after, version) : await insertConnection(step, after)
      if (!isSaved || (version === 0) !== (before === undefined)) throw workplaceErrors.WORKPLACE_CHANGED()
      if (before) await forgetWrongLinks(step, before, after)
      step.audit({
        object: 'workplace',
        recordId: ctx.company.id,
        action: before?.sealedSecret ? 'updated' : 'created',
        before: before ? told(before) : null,
        after: { ...told(after), ...(secret === undefined ? {} : { secretChanged: true }) },
      })
      const kept = await connectionOf(step.tx, ctx, brand)
      return viewOf(brand, kept ? [kept] : [], address)
    },
    { kind: 'workplace.save' },
  )
}

/** People and units stay, and who is who is remembered; nothing is kept in step any more. */
export async function disconnect(ctx: Ctx, brand: WorkplaceBrand): Promise<void> {
  await inStep(
    ctx,
    async (step) => {
      const before = await connectionOf(step.tx, ctx, brand)
      if (!before) throw workplaceErrors.WORKPLACE_NOT_CONNECTED()
      await endOpenRuns(step, brand, 'disconnected')
      await cutConnection(step, brand)
      step.audit({
        object: 'workplace',
        recordId: ctx.company.id,
        action: 'deleted',
        before: told(before),
        after: null,
      })
    },
    { kind: 'workplace.disconnect' },
  )
}

/** What the brand's adapter needs, opened for one use; undefined where the secret does not open any more. */
export function appOf({ corpId, appId, server, sealedSecret }: Kept): WorkplaceApp | undefined {
  const secret = sealedSecret === null ? undefined : openSecret('workplace', sealedSecret)
  return secret === undefined ? undefined : { corpId, appId, server, secret }
}

/** For the audit: everything but the secret. */
function told({ brand, corpId, appId, server, isSignInOn, isSyncOn, rootDepartment, unitId, role }: Kept) {
  return { brand, corpId, appId, server, isSignInOn, isSyncOn, rootDepartment, unitId, role }
}

/** Ids of another company, and 飞书's of another app, mean other people; another place here is no unit of theirs. */
async function forgetWrongLinks(step: Step, before: KeptConnection, after: Kept): Promise<void> {
  const isElsewhere = before.corpId !== after.corpId || before.server !== after.server
  if (isElsewhere || (after.brand === 'feishu' && before.appId !== after.appId)) await dropLinks(step, after.brand)
  if (before.unitId !== after.unitId) {
    const chosen = before.unitId ?? (await topOf(step.tx, step.ctx))
    if (chosen !== undefined) await dropUnitLink(step, after.brand, chosen)
  }
}

const topOf = async (tx: Tx, ctx: Ctx) =>
  (await orgToday(tx, ctx)).units.find(({ isOpen, parentId }) => isOpen && parentId === null)?.id

interface Asked {
  readonly brand: WorkplaceBrand
  readonly wish: Wish
  readonly before: KeptConnection | undefined
}

async function refuseFaults(tx: Tx, ctx: Ctx, { brand, wish, before }: Asked): Promise<void> {
  const faults: FieldFault[] = []
  const add = (field: string, code: string, label: Label) => void faults.push({ field, code, label })
  if (brand === 'wecom' && !wish.corpId) add('corpId', 'required', words.corpId)
  if (wish.secret === undefined && !before?.sealedSecret) add('secret', 'required', words.secret)
  if (wish.secret === undefined && before?.sealedSecret && before.server !== wish.server)
    add('secret', 'required', words.secretAnew)
  const address = wish.server === null ? undefined : faultOfAddress(wish.server)
  if (address) add('server', address, words[address])
  else if (wish.server !== null && new URL(wish.server).origin !== wish.server) add('server', 'origin', words.origin)
  if (wish.unitId !== null && !(await isOpenUnit(tx, ctx, wish.unitId))) add('unitId', 'unknown', words.unit)
  if (roleOf(ctx.company.roles, wish.role).basis === 'administrator') add('role', 'administrator', words.administrator)
  if (faults.length > 0) throw workplaceErrors.WORKPLACE_INVALID({}, faults)
  refuseRoleWithoutAccess(ctx, wish.role, before?.role ?? 'representative')
}

const isOpenUnit = async (tx: Tx, ctx: Ctx, unitId: string) =>
  (await orgToday(tx, ctx)).units.some(({ id, isOpen }) => id === unitId && isOpen)

const words = {
  corpId: { zh: '企业微信需要企业 ID', en: 'WeCom needs the CorpID' },
  secret: { zh: '请填写密钥', en: 'Enter the secret' },
  secretAnew: {
    zh: '换了服务器，请重新填写密钥',
    en: 'The server is another one: enter the secret again',
  },
  origin: {
    zh: '请只填写服务器的域名部分，例如 https://qy.example.com',
    en: 'Only its origin, such as https://qy.example.com',
  },
  malformed: { zh: '不是有效的网址', en: 'Not a valid address' },
  'not-https': { zh: '地址须以 https:// 开头', en: 'The address must begin with https://' },
  private: {
    zh: '不允许访问本机或内网地址；由服务器的设置决定',
    en: 'This machine and private networks are not called; a setting of the server decides',
  },
  unit: { zh: '没有这个组织单元，或已关闭', en: 'There is no such unit, or it is closed' },
  administrator: {
    zh: '同步不能添加管理员；请选择其他角色，之后由管理员授予',
    en: 'No sync makes administrators; choose another role and appoint them by hand',
  },
} as const

function viewOf(brand: WorkplaceBrand, kept: readonly KeptConnection[], address: string): Connection {
  const found = kept.find((one) => one.brand === brand)
  const backUrl = `${address}${backPath}`
  if (!found) return { ...unconnected, brand, backUrl }
  const { sealedSecret, lastFailure, ...shown } = found
  const hasSecret = sealedSecret !== null
  return { ...shown, isConnected: hasSecret, hasSecret, backUrl, lastFailure: wordsOf(lastFailure) }
}

const unconnected: Omit<Connection, 'brand' | 'backUrl'> = {
  isConnected: false,
  corpId: null,
  appId: null,
  hasSecret: false,
  server: null,
  isSignInOn: false,
  isSyncOn: false,
  rootDepartment: null,
  unitId: null,
  role: 'representative',
  lastSuccessAt: null,
  lastFailureAt: null,
  lastFailure: null,
  lastFailureDetail: null,
  linkedPeople: 0,
  linkedUnits: 0,
  version: 0,
}
