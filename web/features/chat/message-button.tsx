import MessageCircle from 'lucide/dist/esm/icons/message-circle.mjs'
import { useTexts } from '../../i18n/i18n.ts'
import { ButtonLink } from '../../ui/link/link.tsx'

/** The way from a person to the room of two; a link, so that it costs the page nothing and waits for those who sign in first. */
export function MessageButton(props: { handle: string }) {
  const t = useTexts('people')
  return (
    <ButtonLink href={`/messages?to=${encodeURIComponent(props.handle)}`} icon={MessageCircle}>
      {t.message}
    </ButtonLink>
  )
}
