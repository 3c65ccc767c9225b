import { Home } from '@/features/search/home';
import { homeMetadata } from '@/features/search/metadata';

export const generateMetadata = homeMetadata;

export default async function HomePage({ searchParams }: PageProps<'/'>) {
  return <Home raw={await searchParams} />;
}
