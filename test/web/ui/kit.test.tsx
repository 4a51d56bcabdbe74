import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library'
import sharp from 'sharp'
import { createSignal, type JSX } from 'solid-js'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Button } from '../../../web/ui/button/button.tsx'
import { RadioField } from '../../../web/ui/field/radio-field.tsx'
import { SelectField } from '../../../web/ui/field/select-field.tsx'
import { CheckField, SwitchField } from '../../../web/ui/field/tick-field.tsx'
import { PasswordField, TextField } from '../../../web/ui/field/text-field.tsx'
import { Icon, type IconShape } from '../../../web/ui/icon/icon.tsx'
import { announce, announceNow, LiveRegions } from '../../../web/ui/live-region/live-region.tsx'
import { Menu } from '../../../web/ui/menu/menu.tsx'
import { blurUrl } from '../../../web/ui/picture/blur.ts'
import { Picture } from '../../../web/ui/picture/picture.tsx'
import { Sheet } from '../../../web/ui/sheet/sheet.tsx'
import { Tabs } from '../../../web/ui/tabs/tabs.tsx'
import { showToast } from '../../../web/ui/toast/toast.tsx'
import { Toasts } from '../../../web/ui/toast/toasts.tsx'
import { KitWordsProvider } from '../../../web/ui/words/words.tsx'

const heart = [['path', { d: 'M2 9.5a5.5 5.5 0 0 1 9.591-3.676' }]] as const

const words = {
  close: 'Close',
  optional: 'optional',
  working: 'Working',
  dismiss: 'Dismiss',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
}

function show(ui: () => JSX.Element) {
  return render(() => <KitWordsProvider value={words}>{ui()}</KitWordsProvider>)
}

afterEach(cleanup)

describe('a field', () => {
  test('is named by its label and described by hint and fault', () => {
    show(() => <TextField label="Name" hint="Others see it" error="Too short" value="" onValue={() => {}} />)
    const input = screen.getByLabelText('Name')
    const described = (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id))
    expect(described.map((element) => element?.textContent)).toEqual(['Others see it', 'Too short'])
    expect(input.getAttribute('aria-invalid')).toBe('true')
  })

  test('without a fault is not marked', () => {
    show(() => <TextField label="Name" value="" onValue={() => {}} />)
    expect(screen.getByLabelText('Name').hasAttribute('aria-invalid')).toBe(false)
  })

  test('keeps what it says of a fault in a region that is there before the fault', () => {
    const [fault, setFault] = createSignal<string | undefined>()
    show(() => <TextField label="Name" error={fault()} value="" onValue={() => {}} />)
    const region = document.getElementById(
      screen.getByLabelText('Name').getAttribute('aria-describedby')!.split(' ')[1]!,
    )
    expect(region?.getAttribute('aria-live')).toBe('polite')
    setFault('Too long')
    expect(region?.textContent).toBe('Too long')
  })

  test('tells each change', () => {
    const onValue = vi.fn<(value: string) => void>()
    show(() => <TextField label="Name" value="" onValue={onValue} />)
    fireEvent.input(screen.getByLabelText('Name'), { target: { value: '봄이' } })
    expect(onValue).toHaveBeenCalledWith('봄이')
  })

  test('for a password shows it on demand and says what its button does', () => {
    show(() => <PasswordField label="Password" value="secret" onValue={() => {}} />)
    const input = screen.getByLabelText('Password')
    expect(input.getAttribute('type')).toBe('password')
    fireEvent.click(screen.getByRole('button', { name: 'Show password' }))
    expect(input.getAttribute('type')).toBe('text')
    expect(screen.getByRole('button', { name: 'Hide password' })).toBeTruthy()
  })

  test('with choices names the group and each choice', () => {
    const onValue = vi.fn<(value: string) => void>()
    const options = [
      { value: 'a' as const, label: 'One' },
      { value: 'b' as const, label: 'Two', hint: 'More' },
    ]
    show(() => <RadioField label="Way" value="a" options={options} onValue={onValue} />)
    expect(screen.getByRole('radiogroup', { name: 'Way' })).toBeTruthy()
    expect((screen.getByRole('radio', { name: 'One' }) as HTMLInputElement).checked).toBe(true)
    fireEvent.click(screen.getByRole('radio', { name: /Two/ }))
    expect(onValue).toHaveBeenCalledWith('b')
  })

  test('with a list offers the choices of the platform', () => {
    const onValue = vi.fn<(value: string) => void>()
    show(() => (
      <SelectField
        label="Category"
        value=""
        placeholder="Choose"
        options={[{ value: 'pet', label: 'Pets' }]}
        onValue={onValue}
      />
    ))
    fireEvent.change(screen.getByLabelText('Category'), { target: { value: 'pet' } })
    expect(onValue).toHaveBeenCalledWith('pet')
  })

  test('to tick carries its fault, and a switch says that it is one', () => {
    show(() => (
      <>
        <CheckField label="I agree" checked={false} onChecked={() => {}} error="Needed" />
        <SwitchField label="Public" checked onChecked={() => {}} />
      </>
    ))
    expect(screen.getByRole('checkbox', { name: 'I agree' }).getAttribute('aria-invalid')).toBe('true')
    expect((screen.getByRole('switch', { name: 'Public' }) as HTMLInputElement).checked).toBe(true)
  })

  test('to tick shows what was taken, not what was pressed', () => {
    const [isOn, setOn] = createSignal(false)
    let isTaken = false
    show(() => <SwitchField label="Public" checked={isOn()} onChecked={(next) => isTaken && setOn(next)} />)
    const box = screen.getByRole<HTMLInputElement>('switch', { name: 'Public' })
    fireEvent.click(box)
    expect(box.checked).toBe(false)
    isTaken = true
    fireEvent.click(box)
    expect(box.checked).toBe(true)
  })

  test.each(['', 'a'] as const)('with choices shows what was taken, not what was pressed: %o', (first) => {
    const [value, setValue] = createSignal<'' | 'a' | 'b'>(first)
    let isTaken = false
    const options = [
      { value: 'a' as const, label: 'One' },
      { value: 'b' as const, label: 'Two' },
    ]
    show(() => (
      <RadioField label="Way" value={value()} options={options} onValue={(next) => isTaken && setValue(next)} />
    ))
    const chosen = () =>
      screen
        .getAllByRole<HTMLInputElement>('radio')
        .filter((radio) => radio.checked)
        .map((radio) => radio.value)
    fireEvent.click(screen.getByRole('radio', { name: 'Two' }))
    expect(chosen()).toEqual(first === '' ? [] : [first])
    isTaken = true
    fireEvent.click(screen.getByRole('radio', { name: 'Two' }))
    expect(chosen()).toEqual(['b'])
  })

  test('with a list shows what was taken, not what was pressed', () => {
    const [value, setValue] = createSignal('pet')
    let isTaken = false
    const options = [
      { value: 'pet', label: 'Pets' },
      { value: 'kitchen', label: 'Kitchen' },
    ]
    show(() => (
      <SelectField label="Category" value={value()} options={options} onValue={(next) => isTaken && setValue(next)} />
    ))
    const list = screen.getByLabelText<HTMLSelectElement>('Category')
    fireEvent.change(list, { target: { value: 'kitchen' } })
    expect(list.value).toBe('pet')
    isTaken = true
    fireEvent.change(list, { target: { value: 'kitchen' } })
    expect(list.value).toBe('kitchen')
  })
})

describe('a button', () => {
  test('does nothing while it works, and says so', () => {
    const onClick = vi.fn<() => void>()
    const [isBusy, setBusy] = createSignal(false)
    show(() => (
      <Button busy={isBusy()} onClick={onClick}>
        Bid
      </Button>
    ))
    const button = screen.getByRole('button', { name: /Bid/ })
    fireEvent.click(button)
    setBusy(true)
    fireEvent.click(button)
    expect(onClick).toHaveBeenCalledTimes(1)
    expect(button.getAttribute('aria-disabled')).toBe('true')
    expect(button.hasAttribute('disabled')).toBe(false)
    expect(screen.getByRole('img', { name: 'Working' })).toBeTruthy()
  })

  test('sends no form unless it is asked to', () => {
    show(() => <Button>Bid</Button>)
    expect(screen.getByRole('button', { name: 'Bid' }).getAttribute('type')).toBe('button')
  })
})

describe('an icon', () => {
  test('is decoration without a label and a named picture with one', () => {
    const { container } = show(() => (
      <>
        <Icon of={heart} />
        <Icon of={heart} label="Liked" />
      </>
    ))
    expect(container.querySelectorAll('svg[aria-hidden="true"]')).toHaveLength(1)
    expect(screen.getByRole('img', { name: 'Liked' }).querySelector('path')?.getAttribute('d')).toContain('M2 9.5')
  })

  test.each<[string, IconShape]>([
    [
      'a circle and a path',
      [
        ['circle', { cx: '12', cy: '12', r: '10' }],
        ['path', { d: 'M12 6v6h4' }],
      ],
    ],
    [
      'lines',
      [
        ['line', { x1: '22', x2: '16', y1: '11', y2: '11' }],
        ['line', { x1: '3', x2: '9', y1: '3', y2: '20' }],
      ],
    ],
    [
      'a path that begins with what is relative',
      [
        ['path', { d: 'M4 4h4' }],
        ['path', { d: 'm9 18 6-6-6-6' }],
      ],
    ],
    [
      'what is filled',
      [
        ['path', { d: 'M4 4h10' }],
        ['circle', { cx: '7.5', cy: '17.5', r: '2.5', fill: 'currentColor' }],
      ],
    ],
    [
      'a shape that is no stroke',
      [
        ['rect', { width: '18', height: '11', x: '3', y: '11', rx: '2' }],
        ['path', { d: 'M7 7a5 5 0 0 1 10 0' }],
      ],
    ],
  ])('looks like its shapes: %s', async (_, shape) => {
    show(() => <Icon of={shape} />)
    const drawing = document.querySelector('svg')?.innerHTML ?? ''
    const shapes = shape.map(
      ([tag, attributes]) =>
        `<${tag} ${Object.entries(attributes)
          .map(([name, value]) => `${name}="${value}"`)
          .join(' ')}/>`,
    )
    const [seen, wanted] = await Promise.all([pixelsOf(drawing), pixelsOf(shapes.join(''))])
    expect(Math.max(...wanted)).toBeGreaterThan(200)
    expect(Math.max(...seen.map((value, at) => Math.abs(value - (wanted[at] ?? 0))))).toBeLessThan(32)
  })
})

/** How dark each point of a drawing is. */
async function pixelsOf(drawing: string): Promise<number[]> {
  const around = 'xmlns="http://www.w3.org/2000/svg" width="96" height="96" viewBox="0 0 24 24"'
  const strokes = 'fill="none" stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
  const svg = Buffer.from(`<svg ${around} ${strokes}>${drawing}</svg>`)
  return [...(await sharp(svg).extractChannel('alpha').raw().toBuffer())]
}

describe('tabs', () => {
  function shown() {
    const [value, setValue] = createSignal<'bids' | 'chat' | 'about'>('bids')
    const tabs = (['bids', 'chat', 'about'] as const).map((name) => ({
      value: name,
      label: name,
      content: () => <p>{`panel of ${name}`}</p>,
    }))
    show(() => <Tabs label="Room" tabs={tabs} value={value()} onValue={setValue} />)
  }
  const tab = (name: string) => screen.getByRole('tab', { name })

  test('tie each tab to its panel and hide the others', () => {
    shown()
    const panel = document.getElementById(tab('bids').getAttribute('aria-controls')!)
    expect(panel?.getAttribute('aria-labelledby')).toBe(tab('bids').id)
    expect(panel?.hidden).toBe(false)
    expect(document.getElementById(tab('chat').getAttribute('aria-controls')!)?.hidden).toBe(true)
  })

  test('are one stop of the Tab key', () => {
    shown()
    expect(screen.getAllByRole('tab').map((one) => one.tabIndex)).toEqual([0, -1, -1])
  })

  test.each([
    ['ArrowRight', 'chat'],
    ['ArrowLeft', 'about'],
    ['End', 'about'],
  ])('%s chooses and focuses %s', (key, name) => {
    shown()
    tab('bids').focus()
    fireEvent.keyDown(tab('bids'), { key })
    expect(tab(name).getAttribute('aria-selected')).toBe('true')
    expect(document.activeElement).toBe(tab(name))
  })
})

describe('a sheet', () => {
  function shown({ busy = false } = {}) {
    const onClose = vi.fn<() => void>()
    const [isOpen, setOpen] = createSignal(false)
    show(() => (
      <Sheet open={isOpen()} busy={busy} onClose={onClose} title="Your bid">
        <p>How much?</p>
      </Sheet>
    ))
    setOpen(true)
    return { onClose, setOpen, dialog: document.querySelector('dialog')! }
  }

  test('is a dialog with a name, and has no content while it is closed', () => {
    const { dialog, setOpen } = shown()
    expect(dialog.open).toBe(true)
    expect(document.getElementById(dialog.getAttribute('aria-labelledby')!)?.textContent).toBe('Your bid')
    expect(screen.getByText('How much?')).toBeTruthy()
    setOpen(false)
    expect(dialog.open).toBe(false)
    expect(screen.queryByText('How much?')).toBe(null)
  })

  test('asks to be closed by Escape, cross and veil', () => {
    const { dialog, onClose } = shown()
    fireEvent(dialog, new Event('cancel', { cancelable: true }))
    fireEvent.click(screen.getByRole('button', { name: 'Close' }))
    fireEvent.click(dialog)
    expect(onClose).toHaveBeenCalledTimes(3)
  })

  test('stays while work must not be left half done', () => {
    const { dialog, onClose } = shown({ busy: true })
    fireEvent(dialog, new Event('cancel', { cancelable: true }))
    fireEvent.click(dialog)
    expect(onClose).not.toHaveBeenCalled()
  })

  test('does not take a click on its content for one on the veil', () => {
    const { onClose } = shown()
    fireEvent.click(screen.getByText('How much?'))
    expect(onClose).not.toHaveBeenCalled()
  })

  test('that is taken away while it is open is closed, which gives the focus back, and asks for nothing', () => {
    const { dialog, onClose } = shown()
    cleanup()
    expect(dialog.open).toBe(false)
    expect(onClose).not.toHaveBeenCalled()
  })
})

describe('a menu', () => {
  function shown() {
    show(() => (
      <>
        <Menu label="Account" button={<span>A</span>}>
          <button type="button">Log out</button>
        </Menu>
        <button type="button">Elsewhere</button>
      </>
    ))
    const details = document.querySelector('details')!
    details.open = true
    return { details, summary: details.querySelector('summary')! }
  }

  test('closes by Escape and gives the focus back', () => {
    const { details, summary } = shown()
    screen.getByText('Log out').focus()
    fireEvent.keyDown(screen.getByText('Log out'), { key: 'Escape' })
    expect(details.open).toBe(false)
    expect(document.activeElement).toBe(summary)
  })

  test('closes when something in it is chosen, and when the focus leaves it', () => {
    const { details } = shown()
    fireEvent.click(screen.getByText('Log out'))
    expect(details.open).toBe(false)
    details.open = true
    fireEvent.focusIn(screen.getByText('Elsewhere'))
    expect(details.open).toBe(false)
  })
})

describe('a picture', () => {
  const view = {
    alt: '검은 카메라',
    width: 1_980,
    height: 1_320,
    thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
    sources: [160, 480].map((width) => ({ width, avif: `/${width}.avif`, webp: `/${width}.webp` })),
  }

  test('offers both formats in every width and keeps its own words', () => {
    show(() => <Picture view={view} sizes="50vw" />)
    const image = screen.getByRole('img', { name: '검은 카메라' })
    expect(image.getAttribute('srcset')).toBe('/160.webp 160w, /480.webp 480w')
    expect(document.querySelector('source')?.getAttribute('srcset')).toBe('/160.avif 160w, /480.avif 480w')
    expect([image.getAttribute('loading'), image.getAttribute('width')]).toEqual(['lazy', '1980'])
  })

  test('shows a blur of a few hundred bytes until it is there, and nothing for a broken one', () => {
    const url = blurUrl(view.thumbhash)
    expect(url).toMatch(/^data:image\/png;base64,/)
    expect(url!.length).toBeLessThan(600)
    expect(blurUrl('%')).toBe(null)
  })

  test('that cannot be loaded leaves its words', () => {
    show(() => <Picture view={view} sizes="50vw" />)
    fireEvent.error(screen.getByRole('img', { name: '검은 카메라' }))
    expect(screen.getByRole('img', { name: '검은 카메라' }).tagName).toBe('svg')
  })
})

describe('what is said to screen readers', () => {
  test('comes at most every 3 s when it merely changes, and then the latest', () => {
    vi.useFakeTimers()
    try {
      const { container } = show(() => <LiveRegions />)
      const polite = container.querySelector('[aria-live="polite"]')!
      announce('100')
      vi.advanceTimersByTime(0)
      expect(polite.textContent).toBe('100')
      announce('200')
      announce('300')
      vi.advanceTimersByTime(2_999)
      expect(polite.textContent).toBe('100')
      vi.advanceTimersByTime(1)
      expect(polite.textContent).toBe('300')
    } finally {
      cleanup()
      vi.useRealTimers()
    }
  })

  test('comes at once when it matters, also the same words again', () => {
    const { container } = show(() => <LiveRegions />)
    const assertive = container.querySelector('[aria-live="assertive"]')!
    announceNow('Outbid')
    const once = assertive.textContent
    announceNow('Outbid')
    expect(once).toBe('Outbid')
    expect(assertive.textContent).not.toBe(once)
    expect(assertive.textContent?.trim()).toBe('Outbid')
  })

  test('is said inside of a dialog, too, from the moment it is open', () => {
    announceNow('Before')
    const { container } = show(() => (
      <Sheet open title="Bid" onClose={() => {}}>
        …
      </Sheet>
    ))
    const assertive = container.querySelector('dialog [aria-live="assertive"]')!
    expect(assertive.textContent).toBe('')
    announceNow('Outbid')
    expect(assertive.textContent).toBe('Outbid')
  })

  test('includes toasts, which can be dismissed', () => {
    const { container } = show(() => <Toasts />)
    showToast({ text: 'Saved' })
    expect(container.querySelector('[aria-live="polite"]')?.textContent).toContain('Saved')
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByText('Saved')).toBe(null)
  })
})
