import { For, type JSX, Show } from 'solid-js'
import { legal } from '../../../worker/contract/limits.ts'
import { useBoot } from '../../boot.ts'
import { useFormat, useTexts } from '../../i18n/i18n.ts'
import type { LegalText } from '../../i18n/legal-text.ts'

/** A long text, readable: contents beside it on wide screens, sections with addresses of their own, whom to ask. */
export function LegalDocument(props: { text: LegalText; isVersioned?: boolean; children?: JSX.Element }) {
  const t = useTexts('service')
  const format = useFormat()
  const { operator } = useBoot()
  return (
    <div class="column grid gap-8 py-8 md:py-12 lg:grid-cols-[14rem_minmax(0,44rem)] lg:justify-center lg:gap-14">
      <nav aria-label={t.legal.contents} class="hidden lg:block">
        <ol class="sticky top-24 flex flex-col gap-1 text-caption">
          <For each={props.text.sections}>
            {(section, index) => (
              <li>
                <a
                  href={`#s${index() + 1}`}
                  class="block rounded-control px-2 py-1 text-ink-soft hover:bg-sunken hover:text-ink"
                >
                  {section.title}
                </a>
              </li>
            )}
          </For>
        </ol>
      </nav>
      <article>
        <h1 class="text-hero font-extrabold">{props.text.title}</h1>
        <Show when={props.isVersioned}>
          <p class="figures mt-1 text-caption text-ink-faint">{t.legal.version(format.date(legal.termsVersion))}</p>
        </Show>
        <p class="mt-5 rounded-card bg-tangerine-tint p-4 text-lead text-pretty">{props.text.summary}</p>
        {props.children}
        <For each={props.text.sections}>
          {(section, index) => (
            <section class="mt-9">
              <h2 id={`s${index() + 1}`} class="text-title font-bold">
                {section.title}
              </h2>
              <For each={section.body}>
                {(part) =>
                  typeof part === 'string' ? (
                    <p class="mt-3 leading-7 text-pretty text-ink-soft">{part}</p>
                  ) : (
                    <ul class="mt-3 list-disc space-y-1.5 ps-5 leading-7 text-ink-soft marker:text-tangerine-text">
                      <For each={part}>{(item) => <li>{item}</li>}</For>
                    </ul>
                  )
                }
              </For>
            </section>
          )}
        </For>
        <section class="mt-9 border-t border-line pt-6">
          <h2 class="text-title font-bold">{t.legal.contact}</h2>
          <p class="mt-3 text-ink-soft">{t.legal.contactText(operator.name)}</p>
          <ul class="mt-1 text-ink-soft">
            <Show when={operator.email}>
              {(email) => (
                <li>
                  {t.legal.email}{' '}
                  <a href={`mailto:${email()}`} class="text-tangerine-text underline underline-offset-4">
                    {email()}
                  </a>
                </li>
              )}
            </Show>
            <Show when={operator.phone}>{(phone) => <li>{`${t.legal.phone} ${phone()}`}</li>}</Show>
            <Show when={operator.address}>{(address) => <li>{`${t.legal.address} ${address()}`}</li>}</Show>
          </ul>
        </section>
      </article>
    </div>
  )
}
