import type { SignalsTexts } from '../ko/signals.ts'

export const signals: SignalsTexts = {
  speak: {
    price: (price) => `Current price ${price}`,
    leading: 'You lead',
    outbid: (price) => `Outbid. The next bid is ${price}`,
    accepted: (price) => `Your bid is in: ${price}`,
    refused: (reason) => `Your bid was not taken. ${reason}`,
    won: (price) => `You won for ${price}`,
    ended: (result) => `The auction has ended. ${result}`,
    started: 'The auction has started',
    left: (time) => `${time} left`,
    extended: (added) => `The end moved by ${added}`,
    note: (text) => `Note from the seller: ${text}`,
  },

  keys: {
    title: 'Shortcuts',
    bid: 'Go to the bid button',
    max: 'Go to the maximum bid',
    chat: 'Go to the chat',
    help: 'Open this list',
    enabled: 'Use shortcuts',
    enabledHelp: 'Switch them off if they clash with your screen reader.',
    sound: 'Signal by sound',
    vibrate: 'Signal by vibration',
    signalHelp: 'When you are outbid or the end is extended.',
  },
}
