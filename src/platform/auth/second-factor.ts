import QRCode from 'qrcode'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView, type Step } from '#platform/db/step.ts'
import { countAttempt, forgetAttempt } from './attempt-store.ts'
import { authErrors } from './errors.ts'
import { loginOfId, type Login } from './login-store.ts'
import { tellOfSecondFactor } from './notices.ts'
import { asksForSecondFactor, policyOf } from './policy-store.ts'
import { proveOwnPassword } from './prove-password.ts'
import { newRecoveryCodes } from './recovery-codes.ts'
import {
  beginFactor,
  hasSecondFactor,
  removeFactor,
  saveRecoveryCodes,
  secondFactorOf,
  takeStep,
} from './second-factor-store.ts'
import { auditSignIn } from './sign-in-audit.ts'
import { newTotpSecret, totpAddress, totpStep } from './totp.ts'

interface Asked {
  readonly password: string
  readonly address: string
}

/** A secret for the app, as text and as a picture; it counts once its first code is confirmed. */
export async function beginSecondFactor(
  ctx: Ctx,
  { password, address }: Asked,
): Promise<{ secret: string; uri: string; picture: string }> {
  const login = await proveOwnPassword(ctx, { password, field: 'password', address })
  const secret = newTotpSecret()
  await change(ctx, async (step) => {
    if (!(await beginFactor(step.tx, login.id, secret))) throw refused('password', words.isOn)
  })
  const uri = totpAddress(secret, { company: ctx.company.name, login: login.email ?? login.phone ?? ctx.actor.name })
  const drawing = await QRCode.toString(uri, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' })
  return { secret, uri, picture: `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}` }
}

/** Switches the second factor on with its first code; answers the recovery codes, once. */
export async function confirmSecondFactor(
  ctx: Ctx,
  { code, address }: { readonly code: string; readonly address: string },
): Promise<{ recoveryCodes: string[] }> {
  const login = await ownLogin(ctx)
  const attempt = { identifier: `second-factor:${login.id}`, address }
  const minutes = await countAttempt(ctx.db, attempt)
  if (minutes !== undefined) throw authErrors.SIGN_IN_LOCKED({ minutes })
  const factor = await secondFactorOf(ctx.db, login.id)
  if (!factor) throw refused('code', words.notBegun)
  if (factor.confirmedAt) throw refused('code', words.isOn)
  const step = await totpStep(code.replace(/\s/g, ''), { ...factor, now: ctx.now })
  if (step === undefined) {
    throw authErrors.PASSWORD_WRONG({}, [{ field: 'code', code: 'wrong', label: words.wrongCode }])
  }
  await forgetAttempt(ctx.db, attempt)
  const codes = newRecoveryCodes()
  await change(ctx, async (act) => {
    if (!(await takeStep(act.tx, login.id, step))) throw refused('code', words.isOn)
    await saveRecoveryCodes(act.tx, login.id, codes)
    auditSignIn(act, 'second-factor-on', personOf(ctx), { address })
    await tellOfSecondFactor(act, { email: login.email, language: ctx.language, name: ctx.actor.name }, 'on')
  })
  return { recoveryCodes: [...codes] }
}

/** Switches the second factor off, unless the company asks for it. */
export async function endSecondFactor(ctx: Ctx, { password, address }: Asked): Promise<void> {
  const login = await proveOwnPassword(ctx, { password, field: 'password', address })
  const policy = await inView(ctx, policyOf)
  if (asksForSecondFactor(policy, ctx.actor.role.key)) throw refused('password', words.required)
  await change(ctx, async (step) => {
    if (!(await removeFactor(step.tx, login.id))) return
    auditSignIn(step, 'second-factor-off', personOf(ctx), { address })
    await tellOfSecondFactor(step, { email: login.email, language: ctx.language, name: ctx.actor.name }, 'off')
  })
}

/** New recovery codes; the old ones open nothing any more. */
export async function renewRecoveryCodes(ctx: Ctx, { password, address }: Asked): Promise<{ recoveryCodes: string[] }> {
  const login = await proveOwnPassword(ctx, { password, field: 'password', address })
  if (!(await hasSecondFactor(ctx.db, login.id))) throw refused('password', words.isOff)
  const codes = newRecoveryCodes()
  await change(ctx, async (step) => {
    await saveRecoveryCodes(step.tx, login.id, codes)
    auditSignIn(step, 'recovery-codes-renewed', personOf(ctx), { address })
  })
  return { recoveryCodes: [...codes] }
}

const words = {
  isOn: { zh: '两步验证已启用，请先停用', en: 'The second factor is on; switch it off first' },
  isOff: { zh: '两步验证尚未启用', en: 'The second factor is not on' },
  notBegun: { zh: '请先用应用扫描二维码', en: 'Please scan the picture with the app first' },
  wrongCode: { zh: '验证码不对，请核对手机时间', en: 'This code is wrong; is the clock of your phone right?' },
  required: { zh: '公司要求两步验证，不能停用', en: 'Your company asks for it: it cannot be switched off' },
} as const

function refused(field: string, label: (typeof words)[keyof typeof words]) {
  return authErrors.SECOND_FACTOR_REFUSED({}, [{ field, code: 'refused', label }])
}

function change(ctx: Ctx, act: (step: Step) => Promise<void>): Promise<void> {
  return inStep(ctx, act, { kind: 'login.second-factor' })
}

async function ownLogin(ctx: Ctx): Promise<Login> {
  const login = ctx.actor.loginId ? await loginOfId(ctx.db, ctx.actor.loginId) : undefined
  if (!login) throw authErrors.PASSWORD_ABSENT()
  return login
}

function personOf(ctx: Ctx): string {
  if (ctx.actor.personId === null) throw new Error('only people have a second factor')
  return ctx.actor.personId
}
