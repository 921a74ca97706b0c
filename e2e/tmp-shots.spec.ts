import { test } from './harness/journey.ts'
import { enterAs } from './harness/demo-company.ts'
const url = 'http://127.0.0.1:4805'
const list: [string, 'desk'|'phone', string, string, string?][] = JSON.parse(process.env['SHOTS'] ?? '[]')
test('shots', async ({ newDesk, phone, desk }) => {
  test.setTimeout(200_000); for (const p of [desk, phone]) p.setDefaultTimeout(9000)
  let who = ''
  for (const [name, size, person, path, act] of list) {
    const page = size === 'desk' ? desk : phone
    if (who !== `${person} ${size}`) { await page.context().clearCookies(); await enterAs(page, url, person); who = `${person} ${size}` }
    await page.goto(url + path)
    await page.waitForTimeout(2500)
    if (act) { for (const step of act.split(' >> ')) { try { if (step.startsWith('fill:')) { const [, l, v] = step.split(':'); await page.getByRole('textbox', { name: l }).first().fill(v!) } else if (step.startsWith('text:')) { await page.getByText(step.slice(5), {exact:true}).first().click() } else { await page.getByRole('button', { name: step }).first().click() } } catch (e) { console.log(name, String(e).slice(0, 200)) } await page.waitForTimeout(1200) } }
    await page.screenshot({ path: `/tmp/agree-shots/${name}.png`, fullPage: !act })
  }
})
