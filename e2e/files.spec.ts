import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { recordsOf } from './harness/api.ts'
import { enterAs, signInAs, test } from './harness/demo-company.ts'
import { expect, expectAccessible, expectNoSidewaysScroll } from './harness/journey.ts'

/** A photo of a field, made here: the journeys bring no pictures along. */
const photo = async (name: string, background: string) => ({
  name,
  mimeType: 'image/jpeg',
  buffer: await sharp({ create: { width: 1600, height: 1200, channels: 3, background } })
    .jpeg()
    .toBuffer(),
})

async function chooseFile(page: Page, button: string, file: Awaited<ReturnType<typeof photo>>): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: button }).click()
  await (await chooser).setFiles(file)
}

test.describe('files and comments', () => {
  test('a photo and a mention reach the manager; whoever cannot see the record is told of beforehand', async ({
    demo,
    desk,
    newDesk,
    phone,
  }) => {
    await enterAs(desk, demo.url, '林晓雯')
    const [account] = (await recordsOf(desk, 'account')).slice(5)
    await desk.goto(`${demo.url}/records/account/${account?.id}`)

    await test.step('she attaches photos, looks at one and deletes one by mistake', async () => {
      await desk.getByRole('tab', { name: '附件' }).click()
      await chooseFile(desk, '添加附件', await photo('样机现场.jpg', '#5a8f3c'))
      await chooseFile(desk, '添加附件', await photo('仓库.jpg', '#c9a227'))
      await expect(desk.getByRole('button', { name: '查看图片 仓库.jpg' })).toBeVisible()
      await expect(desk.getByRole('tab', { name: '附件 2' })).toBeVisible()
      await expectAccessible(desk)

      await desk.getByRole('button', { name: '查看图片 仓库.jpg' }).press('Enter')
      await expect(desk.getByRole('img', { name: '仓库.jpg' })).toBeVisible()
      await desk.keyboard.press('ArrowRight')
      await expect(desk.getByRole('img', { name: '样机现场.jpg' })).toBeVisible()
      await desk.keyboard.press('Escape')
      await expect(desk.getByRole('img', { name: '样机现场.jpg' })).toBeHidden()

      await desk.getByRole('button', { name: '删除 仓库.jpg' }).click()
      await expect(desk.getByRole('tab', { name: '附件 1' })).toBeVisible()
      await desk.getByRole('button', { name: /撤\s?销/ }).click()
      await expect(desk.getByRole('tab', { name: '附件 2' })).toBeVisible()
    })

    await test.step('a disguised file is refused with the reason', async () => {
      await chooseFile(desk, '添加附件', {
        name: '报价.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('MZ\u0090'),
      })
      await expect(desk.getByText('报价.pdf：扩展名是“.pdf”，内容却是“exe”')).toBeVisible()
      await desk.getByRole('button', { name: '知道了' }).click()
    })

    await test.step('she mentions her manager, and somebody who cannot see the customer', async () => {
      const box = desk.getByRole('textbox', { name: /写评论/ })
      await box.pressSequentially('现场照片已上传，请 @罗建')
      await desk.getByRole('menuitem', { name: /罗建军/ }).click()
      await expect(desk.getByText('罗建军看不到这条记录，不会知道被提到')).toBeVisible()
      await expectAccessible(desk)
      await box.fill('')
      await box.pressSequentially('现场照片已上传，请 @沈建')
      await desk.getByRole('menuitem', { name: /沈建华/ }).click()
      await expect(desk.getByText(/看不到这条记录/)).toBeHidden()
      await box.press('End')
      await box.pressSequentially('看一下')
      await desk.getByRole('button', { name: /发\s?表/ }).click()
      await expect(desk.getByText('@沈建华', { exact: true })).toBeVisible()
    })

    await test.step('the manager learns of it, and answers', async () => {
      const manager = await newDesk()
      await enterAs(manager, demo.url, '沈建华')
      await manager.getByRole('button', { name: /^通知，\d+ 条未读$/ }).click()
      await expectAccessible(manager)
      await manager.getByRole('button', { name: /林晓雯 在“.+”提到您/ }).click()
      const record = manager.getByRole('dialog').last()
      await expect(record.getByText('@沈建华', { exact: true })).toBeVisible()
      await expect(record.getByRole('textbox', { name: /写评论/ })).toBeVisible()
      await record.getByRole('textbox', { name: /写评论/ }).fill('收到')
      await record.getByRole('textbox', { name: /写评论/ }).press('Control+Enter')
      await expect(record.getByText('收到', { exact: true })).toBeVisible()
      await record.getByRole('tab', { name: '附件' }).click()
      await expect(record.getByRole('button', { name: '查看图片 样机现场.jpg' })).toBeVisible()
      await record.getByRole('tab', { name: '修改历史' }).click()
      await expect(record.getByText('添加了附件“样机现场.jpg”')).toBeVisible()
    })

    await test.step('on her phone the camera is at hand, and the own comment can be corrected', async () => {
      await signInAs(phone, demo.url, '林晓雯')
      await phone.goto(`${demo.url}/records/account/${account?.id}`)
      await phone.getByRole('tab', { name: '附件' }).tap()
      await expect(phone.getByRole('button', { name: '拍照' })).toBeVisible()
      await expectNoSidewaysScroll(phone)
      await expectAccessible(phone)
      await phone.getByRole('tab', { name: '动态' }).tap()
      await phone.getByRole('button', { name: '编辑评论' }).tap()
      await phone
        .getByRole('textbox', { name: /写评论/ })
        .last()
        .fill('现场照片已上传，请 @沈建华 看一下，谢谢')
      await phone.getByRole('button', { name: /保\s?存/ }).tap()
      await expect(phone.getByText('已编辑')).toBeVisible()
      await expectNoSidewaysScroll(phone)
      await expectAccessible(phone)
    })
  })
})
