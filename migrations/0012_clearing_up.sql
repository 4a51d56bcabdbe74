ALTER TABLE `media` ADD `clear_up_at` integer DEFAULT 0;--> statement-breakpoint
CREATE INDEX `media_to_clear_up` ON `media` (`clear_up_at`) WHERE clear_up_at is not null;