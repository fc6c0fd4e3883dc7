/** The command ./preflight: its options, its exit codes, and what it reads of samconfig.toml. */
package eiponlaunch.preflight;
