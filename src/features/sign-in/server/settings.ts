import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { FieldFault } from '#base/errors.ts'
import type { AuthParts } from '#platform/auth/gate.ts'
import { oidcProblem, tryProvider } from '#platform/auth/oidc.ts'
import { addressOf } from '#platform/auth/own-address.ts'
import { policyOf } from '#platform/auth/policy-store.ts'
import { isLoopbackName } from '#platform/auth/settings.ts'
import type { Ctx } from '#platform/db/ctx.ts'
import { inStep, inView } from '#platform/db/step.ts'
import { faultOfAddress } from '#platform/outside/post.ts'
import { isMailConnected, mailSender, mailStanding, sendMail } from '#platform/mail/index.ts'
import { personOf } from '#features/org/server/index.ts'
import type { PolicyChange, signInSettings, testSsoReply } from '../contract.ts'
import { signInErrors } from '../errors.ts'
import { testMail } from './mails.ts'
import { countFactors, savePolicy, ssoOf } from './settings-store.ts'
import { backPath } from './single-sign-on.ts'

type SettingsReply = z.input<typeof signInSettings>

/** How people of the company sign in, and how the two adapters that this needs fare. */
export async function showSettings(ctx: Ctx, parts: AuthParts, request: FastifyRequest): Promise<SettingsReply> {
  return inView(ctx, async (tx) => {
    const policy = await policyOf(tx)
    const { sealedSecret, lastSuccessAt, lastProblem, lastProblemAt, ...sso } = await ssoOf(tx)
    return {
      ...policy,
      secondFactorRoles: [...policy.secondFactorRoles],
      singleSignOn: { ...sso, domains: [...sso.domains] },
      hasSecret: sealedSecret !== null,
      redirectUrl: `${addressOf(request, parts.settings)}${backPath}`,
      lastSuccessAt,
      lastProblem,
      lastProblemAt,
      people: await countFactors(tx),
      mail: { isConnected: isMailConnected(), from: mailSender(), ...(await mailStanding(tx)) },
    }
  })
}

/** Saves how people sign in. Sessions that lack a second factor are asked for it at their next step. */
export async function saveSettings(ctx: Ctx, change: PolicyChange): Promise<{ version: number }> {
  return inStep(
    ctx,
    async (step) => {
      const before = { ...(await policyOf(step.tx)), singleSignOn: await ssoOf(step.tx) }
      refuseImpossible(change, before.singleSignOn.sealedSecret !== null)
      const version = before.version === change.version ? await savePolicy(step.tx, ctx.company.id, change) : undefined
      if (version === undefined) throw signInErrors.POLICY_CHANGED()
      const after = { ...(await policyOf(step.tx)), singleSignOn: await ssoOf(step.tx) }
      step.audit({
        object: 'sign_in_policy',
        recordId: ctx.company.id,
        action: 'updated',
        before: withoutSecret(before),
        after: withoutSecret(after),
      })
      return { version }
    },
    { kind: 'sign-in.settings' },
  )
}

/** Asks an identity provider for its own description. */
export async function testSso(issuer: string): Promise<z.input<typeof testSsoReply>> {
  try {
    return { isReached: true, problem: null, issuer: await tryProvider(issuer) }
  } catch (error) {
    return { isReached: false, problem: oidcProblem(error), issuer: null }
  }
}

/** Mails the actor a letter that says only that mail arrives. */
export async function mailTest(ctx: Ctx): Promise<void> {
  if (!isMailConnected()) throw signInErrors.MAIL_NOT_CONNECTED()
  await inStep(
    ctx,
    async (step) => {
      const { email } = await personOf(step.tx, ctx.actor.personId ?? '')
      if (email === null) throw refusal('email', { zh: '您没有邮箱', en: 'You have no e-mail' })
      const params = { company: ctx.company.name }
      await sendMail(step, { to: email, language: ctx.language, template: testMail, params })
    },
    { kind: 'mail.test' },
  )
}

type Policy = { readonly singleSignOn: { readonly sealedSecret: string | null } & object }

function withoutSecret({ singleSignOn, ...policy }: Policy) {
  const { sealedSecret, ...sso } = singleSignOn
  return { ...policy, singleSignOn: { ...sso, hasSecret: sealedSecret !== null } }
}

/** What would leave everybody before a closed door, or trust what cannot be trusted. */
function refuseImpossible(change: PolicyChange, hasSecret: boolean): void {
  const { isOn, issuer, clientId, clientSecret, addsPeople, domains } = change.singleSignOn
  const missing: FieldFault['label'] = { zh: '启用单点登录时必填', en: 'Needed for single sign-on' }
  if (issuer !== null && isOpenHttp(issuer)) {
    throw refusal('singleSignOn.issuer', {
      zh: '请用 https 地址，http 只限本机',
      en: 'Give an https address; http is for this machine only',
    })
  }
  if (issuer !== null && faultOfAddress(issuer) === 'private') {
    throw refusal('singleSignOn.issuer', {
      zh: '这是本机或内网地址；服务器设置 CALL_PRIVATE=allow 后才能使用',
      en: 'This is an address of the server or its network; the server takes it only with CALL_PRIVATE=allow',
    })
  }
  if (isOn && issuer === null) throw refusal('singleSignOn.issuer', missing)
  if (isOn && !clientId) throw refusal('singleSignOn.clientId', missing)
  if (isOn && !hasSecret && clientSecret === undefined) throw refusal('singleSignOn.clientSecret', missing)
  if (addsPeople && domains.length === 0) {
    throw refusal('singleSignOn.domains', {
      zh: '自动添加人员时，请限定邮箱域名',
      en: 'Name the domains whose people are added by themselves',
    })
  }
  if (!change.passwordSignIn && !isOn) {
    throw refusal('passwordSignIn', {
      zh: '请先启用单点登录，再停用密码',
      en: 'Switch single sign-on on before passwords are switched off',
    })
  }
}

function refusal(field: string, label: FieldFault['label']) {
  return signInErrors.POLICY_REFUSED({}, [{ field, code: 'refused', label }])
}

function isOpenHttp(issuer: string): boolean {
  const { protocol, hostname } = new URL(issuer)
  return protocol === 'http:' && !isLoopbackName(hostname)
}
