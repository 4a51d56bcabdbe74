CREATE TABLE `appeal` (
	`decision` text PRIMARY KEY NOT NULL,
	`account` text NOT NULL,
	`text` text NOT NULL,
	`media` text NOT NULL,
	`at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`outcome` text,
	`answer` text,
	`answered_by` text,
	`answered_at` integer
);
--> statement-breakpoint
CREATE INDEX `appeal_open` ON `appeal` (`answered_at`,`due_at`);--> statement-breakpoint
CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`staff` text NOT NULL,
	`action` text NOT NULL,
	`target` text NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_staff` ON `audit` (`staff`);--> statement-breakpoint
CREATE TABLE `decision` (
	`id` text PRIMARY KEY NOT NULL,
	`account` text NOT NULL,
	`action` text NOT NULL,
	`target` text NOT NULL,
	`rule` text NOT NULL,
	`facts` text,
	`by` text,
	`from` integer NOT NULL,
	`until` integer,
	`remedy` text,
	`remedy_data` text,
	`ending` text,
	`ended_at` integer,
	`enforced_at` integer,
	`end_told_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `decision_account` ON `decision` (`account`,`created_at`);--> statement-breakpoint
CREATE INDEX `decision_to_enforce` ON `decision` (`created_at`) WHERE action = 'suspend' and enforced_at is null;--> statement-breakpoint
CREATE INDEX `decision_to_end` ON `decision` (`until`) WHERE action = 'suspend' and end_told_at is null;--> statement-breakpoint
CREATE TABLE `manner_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`account` text NOT NULL,
	`cause` text NOT NULL,
	`grade` integer NOT NULL,
	`at` integer NOT NULL,
	`deal` text NOT NULL,
	`other` text NOT NULL,
	`withdrawn_at` integer,
	`next_change_at` integer,
	`is_judged` integer DEFAULT false NOT NULL,
	`streak` text,
	`below_zero` text
);
--> statement-breakpoint
CREATE INDEX `manner_entry_account` ON `manner_entry` (`account`,`at`);--> statement-breakpoint
CREATE INDEX `manner_entry_next_change` ON `manner_entry` (`next_change_at`);--> statement-breakpoint
CREATE INDEX `manner_entry_to_judge` ON `manner_entry` (`account`) WHERE is_judged = 0;--> statement-breakpoint
CREATE TABLE `review` (
	`id` text PRIMARY KEY NOT NULL,
	`deal` text NOT NULL,
	`author` text NOT NULL,
	`subject` text NOT NULL,
	`role` text NOT NULL,
	`grade` integer NOT NULL,
	`statements` text NOT NULL,
	`text` text,
	`ended_at` integer NOT NULL,
	`written_at` integer NOT NULL,
	`released_at` integer,
	`is_absorbed` integer DEFAULT false NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `review_once` ON `review` (`deal`,`author`);--> statement-breakpoint
CREATE INDEX `review_author` ON `review` (`author`,`written_at`);--> statement-breakpoint
CREATE INDEX `review_subject` ON `review` (`subject`,`released_at`);--> statement-breakpoint
CREATE INDEX `review_waiting` ON `review` (`subject`) WHERE released_at is null;--> statement-breakpoint
CREATE TABLE `review_release` (
	`at` integer PRIMARY KEY NOT NULL,
	`cursor` text,
	`done_at` integer
);
--> statement-breakpoint
CREATE TRIGGER `audit_is_kept` BEFORE DELETE ON `audit` BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `audit_stays_as_it_is` BEFORE UPDATE ON `audit` BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
