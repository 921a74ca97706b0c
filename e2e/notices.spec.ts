import { startReceiver, type Receiver } from '#testing/receiver.ts'
import { recordsOf, send } from './harness/api.ts'
import { enterAs, signInAs } from './harness/demo-company.ts'
import { newDemoDir } from './harness/demo-template.ts'
import { expect as expectSoon, expectAccessible, expectNoSidewaysScroll, test } from './harness/journey.ts'
import { dropDataDir, startTerrace, type Terrace } from './harness/start-terrace.ts'

/** A machine with other work draws a page that opens for the first time when it comes to it. */
const expect = expectSoon.configure({ timeout: 30_000 })

test.describe('notices and connections', () => {
  const running: { terrace?: Terrace; receiver?: Receiver } = {}

  test.beforeAll(async () => {
    running.receiver = await startReceiver()
    running.terrace = await startTerrace(newDemoDir(), { CALL_PRIVATE: 'allow' })
  })
  test.afterAll(async () => {
    await running.terrace?.stop()
    await running.receiver?.close()
    if (running.terrace) dropDataDir(running.terrace.dataDir)
  })

  test('a mention lights the bell without a reload; choices are kept; a webhook can be followed and sent again', async ({
    desk,
    newDesk,
    phone,
  }) => {
    test.setTimeout(300_000)
    const { terrace, receiver } = running
    if (!terrace || !receiver) throw new Error('the server runs during journeys only')
    await enterAs(desk, terrace.url, '沈建华')
    const office = await newDesk()

    await test.step('an administrator connects another system', async () => {
      await signInAs(office, terrace.url, '陈志强')
      await office.goto(`${terrace.url}/connections?tab=webhooks`)
      await office.getByRole('button', { name: '新建 Webhook' }).click()
      await office.getByRole('textbox', { name: '名称' }).fill('ERP')
      await office.getByRole('textbox', { name: '接收地址' }).fill(`${receiver.url}/hook`)
      await office.getByRole('button', { name: /保\s?存/ }).click()
      await expect(office.getByText(/^whsec_/)).toBeVisible()
      await expectAccessible(office)
      await office
        .getByRole('dialog')
        .getByRole('button', { name: /^关\s?闭$/ })
        .last()
        .click()
      await expect(office.getByText('还没有发送过')).toBeVisible()
    })

    await test.step('a representative mentions her manager, whose bell lights at once', async () => {
      receiver.answer = () => ({ status: 500, body: '库存系统维护中' })
      const seller = await newDesk()
      await enterAs(seller, terrace.url, '林晓雯')
      const [account] = await recordsOf(seller, 'account')
      const people = await desk.request.get(`${terrace.url}/api/v1/me`)
      const manager = ((await people.json()) as { person: { id: string } }).person.id
      // What the demo told him is read elsewhere: the bell follows at once.
      await expect(desk.getByRole('button', { name: /^通知，\d+ 条未读$/ })).toBeVisible()
      const headers = { origin: new URL(terrace.url).origin }
      await desk.request.post(`${terrace.url}/api/v1/notices/read`, { data: {}, headers })
      await expect(desk.getByRole('button', { name: '通知', exact: true })).toBeVisible()
      const { status } = await send(seller, `/api/v1/records/account/${account?.id}/comments`, {
        text: '请 @沈建华 看一下',
        mentions: [manager],
      })
      expect(status).toBe(201)
      await desk.getByRole('button', { name: '通知，1 条未读' }).click()
      await expectAccessible(desk)
      await desk.getByRole('button', { name: /林晓雯 在“.+”提到您/ }).click()
      await expect(desk.getByRole('dialog').last().getByText('@沈建华', { exact: true })).toBeVisible()
      await expect(desk.getByRole('button', { name: '通知', exact: true })).toBeVisible()
    })

    await test.step('the failure stands in the log with the answer, and is sent again', async () => {
      await office.getByRole('button', { name: '投递记录：ERP' }).click()
      await expect(office.getByText('comment.created')).toBeVisible()
      await expect(office.getByText('库存系统维护中').first()).toBeVisible()
      await expectAccessible(office)
      receiver.answer = () => ({ status: 200, body: 'ok' })
      await office.getByRole('button', { name: /重新投递 comment\.created/ }).click()
      await expect(office.getByText('1 条将重新投递')).toBeVisible()
      await expect(office.getByRole('listitem').getByText('已送达')).toBeVisible()
      expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    })

    await test.step('on his phone the manager chooses by which ways he is told', async () => {
      await signInAs(phone, terrace.url, '沈建华')
      await phone.goto(`${terrace.url}/notices`)
      await expect(phone.getByRole('button', { name: /林晓雯 在“.+”提到您/ })).toBeVisible()
      await expectNoSidewaysScroll(phone)
      await phone.getByText('我的设置').tap()
      const way = phone.getByRole('checkbox', { name: '群机器人：有人在评论里提到我' })
      await way.tap()
      await expect(phone.getByRole('button', { name: '恢复公司默认：有人在评论里提到我' })).toBeVisible()
      await expectNoSidewaysScroll(phone)
      await expectAccessible(phone)
      await phone.reload()
      await expect(phone.getByRole('checkbox', { name: '群机器人：有人在评论里提到我' })).toBeChecked()
    })

    await test.step('the administrator looks after robots and jobs', async () => {
      await office.goto(`${terrace.url}/connections`)
      await office.getByRole('button', { name: '添加群机器人' }).click()
      await office.getByRole('textbox', { name: '名称' }).fill('销售群')
      await office.getByRole('textbox', { name: 'Webhook 地址' }).fill(`${receiver.url}/cgi-bin/webhook/send?key=1`)
      await office.getByRole('button', { name: /保\s?存/ }).click()
      receiver.answer = () => ({ status: 200, body: '{"errcode":93000}' })
      await office.getByRole('button', { name: '发送测试消息：销售群' }).click()
      await expect(office.getByText(/最近失败.*机器人已被删除、停用，或地址不对/)).toBeVisible()
      receiver.answer = () => ({ status: 200, body: '{"errcode":0}' })
      await office.getByRole('button', { name: '发送测试消息：销售群' }).click()
      await expect(office.getByText(/最近成功/)).toBeVisible()
      await expectAccessible(office)
      await office.goto(`${terrace.url}/jobs`)
      await expect(office.getByRole('heading', { level: 1, name: '后台任务' })).toBeVisible()
      await expect(office.getByText('没有搁置的事件')).toBeVisible()
      await expectAccessible(office)
    })
  })
})
