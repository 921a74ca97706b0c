import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dateOrderOf, readDate } from './read-date.ts'

const valueOf = (text: string, order?: 'ymd' | 'mdy' | 'dmy') => {
  const reading = readDate(text, order)
  return reading.ok ? reading.value : reading.reason
}

describe('readDate', () => {
  it.each([
    ['2017-03-01', '2017-03-01'],
    ['2017/3/1', '2017-03-01'],
    ['2017.3.1', '2017-03-01'],
    ['2017-03-01 14:22:01', '2017-03-01'],
    ['2017-03-01T14:22:01Z', '2017-03-01'],
    ['20260301', '2026-03-01'],
    ['2026年3月1日', '2026-03-01'],
    ['２０２６年３月１日', '2026-03-01'],
    ['2026 年 3 月 1 号', '2026-03-01'],
    ['26年3月1日', '2026-03-01'],
    ['2026年3月1日 星期日', '2026-03-01'],
    ['1 Mar 2026', '2026-03-01'],
    ['01-Mar-26', '2026-03-01'],
    ['Mar 1, 2026', '2026-03-01'],
    ['March 1st, 2026', '2026-03-01'],
    ['Sunday, March 1, 2026', '2026-03-01'],
    ['46082', '2026-03-01'],
    ['46082.75', '2026-03-01'],
    ['13/1/26', '2026-01-13'],
    ['1/13/26', '2026-01-13'],
    ['3/1/99', '1999-03-01'],
    ['2/29/2024', '2024-02-29'],
    ['26/3/1', '2026-03-01'],
    ['26.3.15', '2015-03-26'],
    ['26-03-01', '2026-03-01'],
    ['99-03-01', '1999-03-01'],
    ['2026/03/01星期日', '2026-03-01'],
    ['2026.3.1（周日）', '2026-03-01'],
    ['2026. 3. 1.', '2026-03-01'],
  ])('reads %s', (text, date) => expect(valueOf(text)).toBe(date))

  it.each([
    '',
    'soon',
    '2017',
    '2017-13-01',
    '2017-02-29',
    '31/31/2017',
    '2026年3月',
    '3月1日',
    '99',
    '1/1',
    '0000-01-01',
  ])('refuses %s', (text) => expect(valueOf(text)).toBe('NOT_A_DATE'))

  it('takes 3/1/26 month first and says that it reads two ways', () => {
    expect(readDate('3/1/26')).toEqual({ ok: true, value: '2026-03-01', doubt: 'AMBIGUOUS_DATE' })
    expect(readDate('3/3/26')).toEqual({ ok: true, value: '2026-03-03' })
  })

  it('says of 26-03-01 that it may be a day of 2001', () => {
    expect(readDate('26-03-01')).toEqual({ ok: true, value: '2026-03-01', doubt: 'AMBIGUOUS_DATE' })
    expect(readDate('26/3/1')).toEqual({ ok: true, value: '2026-03-01' })
    expect(readDate('13/1/99')).toEqual({ ok: true, value: '1999-01-13' })
  })

  it('follows the order it is told, without a doubt', () => {
    expect(readDate('3/1/26', 'dmy')).toEqual({ ok: true, value: '2026-01-03' })
    expect(readDate('3/1/26', 'mdy')).toEqual({ ok: true, value: '2026-03-01' })
    expect(valueOf('26/3/1', 'ymd')).toBe('2026-03-01')
    expect(valueOf('13/1/26', 'mdy')).toBe('NOT_A_DATE')
  })

  it('learns the order of a column from the days beyond twelve', () => {
    expect(dateOrderOf(['1/2/2020', '25/12/2020'])).toBe('dmy')
    expect(dateOrderOf(['1/2/2020', '12/25/2020'])).toBe('mdy')
    expect(dateOrderOf(['1/2/2020'])).toBeUndefined()
    expect(dateOrderOf(['25/1/2020', '1/25/2020'])).toBeUndefined()
  })

  it('takes for the years of a column what lies close together, where the days lie far apart', () => {
    expect(dateOrderOf(['26-03-01', '26-03-15', '25-12-31'])).toBe('ymd')
    expect(dateOrderOf(['26/3/1', '26/3/15'])).toBe('ymd')
    expect(dateOrderOf(['26.03.20', '15.04.20'])).toBe('dmy')
    expect(dateOrderOf(['26.03.01', '26.03.15'])).toBe('ymd')
    expect(dateOrderOf(['26-03-01'])).toBeUndefined()
    expect(dateOrderOf(['26/03/01', '26/03/15'])).toBeUndefined()
    expect(dateOrderOf(['3/1/25', '3/1/26'])).toBeUndefined()
  })

  it('takes due dates on one day of the month for no years: the doubt shows', () => {
    for (const mark of ['/', '-', '.']) {
      const due = ['15/01/24', '15/02/24', '15/12/24', '15/01/25'].map((text) => text.replaceAll('/', mark))
      expect(dateOrderOf(due)).toBeUndefined()
    }
    expect(readDate('15/01/24')).toEqual({ ok: true, value: '2024-01-15', doubt: 'AMBIGUOUS_DATE' })
    expect(readDate('15.01.24')).toEqual({ ok: true, value: '2024-01-15', doubt: 'AMBIGUOUS_DATE' })
  })

  it('reads back every date in every form it writes', () => {
    const day = fc.date({ min: new Date('1970-01-01'), max: new Date('2069-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [y, m, d] = iso.split('-').map(Number)
        const forms = [iso, `${y}/${m}/${d}`, `${y}年${m}月${d}日`, iso.replaceAll('-', '')]
        for (const form of forms) expect(valueOf(form)).toBe(iso)
        expect(valueOf(`${d}.${m}.${y}`, 'dmy')).toBe(iso)
        expect(valueOf(`${m}/${d}/${String(y).slice(2)}`, 'mdy')).toBe(iso)
      }),
    )
  })

  it('never throws, whatever it is given', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void readDate(text)))
  })
})
