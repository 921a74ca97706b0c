import type { TestClient } from '#testing/test-app.ts'

interface AgreementCalls {
  /** Calls a route by `METHOD /path` so that it succeeds, as the office or as somebody else. */
  readonly call: (key: string, values: Record<string, string>, body?: unknown, client?: TestClient) => Promise<any>
  /** A representative, and the row of their target. */
  readonly person: TestClient
  /** Another who reviews plans: nobody approves what they submitted. */
  readonly reviewer: TestClient
  readonly node: string
  /** The unit in which they stand. */
  readonly unit: string
}

/** A plan goes its whole path: proposals, review, publishing, lock, appeals, amendments; and an objective that it serves. */
export async function callAgreements({ call, person, reviewer, node, unit }: AgreementCalls): Promise<void> {
  const { plan } = await call('POST /plans', {}, { metric: 'signed_amount', year: 2027, total: '4800' })
  const planId: string = plan.id
  await call('PATCH /plans/:planId/path', { planId }, { asksReview: true, asksProposals: true })
  await call('PUT /plans/:planId/proposals/:node', { planId, node }, { parts: ['240'], version: null }, person)
  await call('GET /plans/:planId/proposals', { planId })
  await call('GET /plans/:planId/proposals/:node', { planId, node })
  await call('POST /plans/:planId/proposals/submit', { planId }, { unit })
  await call('POST /plans/:planId/proposals/send-back', { planId }, { unit, comment: '太低' })
  const taken = { version: 1, reason: '采用上报' }
  await call('POST /plans/:planId/proposals/take-over', { planId }, taken)
  for (const [at, act] of ['submit', 'approve', 'publish', 'lock'].entries()) {
    await call(
      'POST /plans/:planId/path',
      { planId },
      { version: 2 + at, act, comment: '按计划' },
      ...(act === 'approve' ? [reviewer] : []),
    )
  }
  await call('GET /plans/:planId/path', { planId })
  await call('GET /plans/:planId/path/differences', { planId })
  const amendment = { node, from: 10, total: '90', carry: 'parents' }
  await call('POST /plans/:planId/amendments/preview', { planId }, amendment)
  await call('POST /plans/:planId/amendments', { planId }, { ...amendment, version: 6, reason: '区域调整' })
  await call('GET /plans/:planId/amendments', { planId })
  await call('GET /my-targets', { year: '2027' }, undefined, person)

  const appeal = { planId, node, from: 7, asked: '60', reasons: '大客户停产', evidence: [2026] }
  const lodge = async () => (await call('POST /appeals', {}, appeal, person)).appeal
  const first = await lodge()
  await call('GET /appeals', { list: 'all' })
  await call('GET /appeals/:id', { id: first.id })
  await call('POST /appeals/:id/withdraw', { id: first.id }, { version: 1 }, person)
  const second = await lodge()
  await call('POST /appeals/:id/escalate', { id: second.id }, { version: 1, comment: '超出权限' })
  const preview = await call('POST /appeals/:id/preview', { id: second.id }, { total: '60', carry: 'parents' })
  const { appeal: open } = await call('GET /appeals/:id', { id: second.id })
  const decision = {
    version: open.version,
    verdict: 'granted',
    carry: 'parents',
    reason: '属实',
    planVersion: preview.version,
  }
  await call('POST /appeals/:id/decide', { id: second.id }, decision)

  const { id } = await call('POST /objectives', {}, { name: '增长', period: '2027', metric: 'signed_amount' })
  await call('PUT /objectives/:id/links', { id }, { links: [{ planId, node: null }] })
  await call('PATCH /objectives/:id', { id }, { version: 1, status: 'reached' })
  await call('PUT /objectives/:id/place', { id }, { parentId: null, before: null })
  await call('GET /objectives', {})
  await call('DELETE /objectives/:id', { id })
}
