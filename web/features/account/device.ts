export type Device = {
  /** "Chrome on Windows". */
  name: string;
  kind: 'phone' | 'tablet' | 'computer' | 'program' | 'unknown';
};

// In this order: most browsers also name the ones that they resemble.
const browsers: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOPiOS\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bYaBrowser\//, 'Yandex Browser'],
  [/\bDuckDuckGo\//, 'DuckDuckGo'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
  [/\bAppleWebKit\/.*\bMobile\//, 'An app'],
];

const systems: [RegExp, string, Device['kind']][] = [
  [/\biPad\b/, 'iPad', 'tablet'],
  [/\biPhone\b|\biPod\b/, 'iPhone', 'phone'],
  [/\bAndroid\b(?!.*\bMobile\b)/, 'an Android tablet', 'tablet'],
  [/\bAndroid\b/, 'Android', 'phone'],
  [/\bCrOS\b/, 'ChromeOS', 'computer'],
  [/\bWindows\b/, 'Windows', 'computer'],
  [/\bMac OS X\b|\bMacintosh\b/, 'a Mac', 'computer'],
  [/\bLinux\b|\bX11\b/, 'Linux', 'computer'],
];

const program = /^([A-Za-z][\w.-]{0,29})(?:\/|$)/;

/** What a session's program is, in words that its owner may recognise, from what it called itself. */
export function deviceOf(userAgent: string): Device {
  const text = userAgent.trim();
  const browser = browsers.find(([pattern]) => pattern.test(text))?.[1];
  const system = systems.find(([pattern]) => pattern.test(text));
  if (browser && system) return { name: `${browser} on ${system[1]}`, kind: system[2] };
  if (browser) return { name: browser, kind: 'unknown' };
  const named = program.exec(text)?.[1];
  if (named && named !== 'Mozilla') return { name: named, kind: 'program' };
  if (system) return { name: `A browser on ${system[1]}`, kind: system[2] };
  return { name: 'An unknown device', kind: 'unknown' };
}
