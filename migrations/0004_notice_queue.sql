CREATE TABLE `notice_queue` (
	`place` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`key` text NOT NULL,
	`to` text NOT NULL,
	`notice` text NOT NULL,
	`reached` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notice_queue_key_unique` ON `notice_queue` (`key`);